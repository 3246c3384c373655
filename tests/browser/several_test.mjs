// Reports of several scenarios, and of their differences.
import assert from 'node:assert/strict';
import {statSync} from 'node:fs';
import {after, test} from 'node:test';
import {close, csv, finish, open, reportFile, signed} from './browser.mjs';

after(close);

test('twenty scenarios stay usable', async () => {
  assert.ok(statSync(reportFile('twenty')).size < 3e6, `${statSync(reportFile('twenty')).size} bytes`);
  const began = Date.now();
  const page = await open('twenty');
  assert.ok(Date.now() - began < 10000, `${Date.now() - began} ms`);
  const names = await page.locator('#chosen option').allTextContents();
  assert.equal(names.length, 20);
  await page.locator('#scenarios figure button').first().click();
  assert.equal(await page.locator('#scenarios figure').first().locator('tbody tr').count(), 20);
  const before = await page.locator('.cards').textContent();
  await page.locator('#chosen select').selectOption({label: 'capex-stop'});
  assert.notEqual(await page.locator('.cards').textContent(), before);
  assert.match(await page.locator('#forecast .source').textContent(), /capex-stop/);
  assert.equal(await page.evaluate(() => document.activeElement.closest('#chosen') !== null), true);
  await finish(page);
});

test('twenty scenarios fit a telephone', async () => {
  const page = await open('twenty', {viewport: {width: 360, height: 800}, query: '#zh'});
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  await finish(page);
});

test('differences are those of differences.csv, the largest first', async () => {
  const page = await open('differences');
  const figures = page.locator('#differences figure');
  await figures.first().locator('button').click();
  const rows = await figures.first().locator('tbody tr').evaluateAll((all) => all.map((r) => [...r.cells].map((c) => c.textContent)));
  assert.equal(rows.length, 2);
  for (const row of rows) {
    const [there] = csv('differences', `base-${row[0]}`, 'differences.csv').filter((d) => d.series === 'exports.total.yoy' && d.period === '2027');
    const mean = Object.keys(there).find((name) => /^(mean_difference|difference|mean_diff)/.test(name));
    assert.equal(row[1], signed(there[mean], 2), row[0]);
  }
  await figures.nth(1).locator('button').click();
  const sizes = await figures.nth(1).locator('tbody tr').evaluateAll((all) => all.map((r) => Math.abs(Number(r.cells[1].textContent))));
  assert.ok(sizes.length > 10);
  assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a));
  await page.getByRole('button', {name: '中文'}).click();
  assert.match(await page.textContent('#headline'), /较base.*百分点.*蒙特卡洛误差/);
  await finish(page);
});
