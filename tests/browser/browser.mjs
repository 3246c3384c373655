// A real Chromium over a report: every request, console message and policy violation is kept.
// Environment: PLIMSOLL_BROWSER (program), PLIMSOLL_BROWSER_PACKAGES (folder with node_modules), PLIMSOLL_REPORTS (folder
// that make_reports.mjs filled). Without browser or packages a test is skipped: exit code 77.
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

export function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(77);
}

function playwright() {
  const folder = process.env.PLIMSOLL_BROWSER_PACKAGES || '';
  if (!existsSync(join(folder, 'node_modules/playwright-core'))) skip('npm has not installed playwright-core');
  if (!existsSync(process.env.PLIMSOLL_BROWSER || '')) skip('there is no chromium');
  return createRequire(pathToFileURL(join(folder, 'package.json')))('playwright-core');
}

export const reports = process.env.PLIMSOLL_REPORTS || '';
export const reportFile = (run) => join(reports, run, 'report.html');

const running = await playwright().chromium.launch({
  executablePath: process.env.PLIMSOLL_BROWSER,
  args: process.getuid() === 0 ? ['--no-sandbox'] : [],
});
export const close = () => running.close();

/** Opens a report. `page.trouble` fills with what must not happen. */
export async function open(run, {query = '', ...options} = {}) {
  const context = await running.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.trouble = [];
  const file = pathToFileURL(reportFile(run)).href;
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url === file || url.startsWith(`${file}?`) || url.startsWith(`${file}#`)) return route.continue();
    page.trouble.push(`request: ${url}`);
    return route.abort();
  });
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) page.trouble.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => page.trouble.push(`error: ${error.message}`));
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective));
  });
  await page.goto(file + query);
  await page.waitForFunction(() => document.querySelectorAll('.chart').length > 0 && [...document.querySelectorAll('.chart')].every((c) => c.querySelector('svg')));
  return page;
}

/** Ends a page that must have caused no trouble. */
export async function finish(page) {
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

/** Rows of a CSV table without quoted fields, as objects. */
export function csv(...path) {
  const [head, ...rows] = readFileSync(join(reports, ...path), 'utf8').trim().split('\n').map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(head.map((name, k) => [name, row[k]])));
}

/** Growth and the like with one decimal and its sign, as the page prints it. */
export function signed(text, decimals = 1) {
  const value = Number(text).toFixed(decimals);
  return Number(value) === 0 ? value.replace('-', '+').replace(/^0/, '+0') : value.startsWith('-') ? value : `+${value}`;
}
