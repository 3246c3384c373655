// The report of one run.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, test} from 'node:test';
import {close, csv, finish, open, reportFile, signed} from './browser.mjs';

after(close);
const growth = csv('one', 'summary.csv').filter((row) => row.series === 'exports.total.yoy');

test('the file holds all it needs and stays under three megabytes', () => {
  const bytes = readFileSync(reportFile('one'));
  assert.ok(bytes.length < 3e6, `${bytes.length} bytes`);
  const text = bytes.toString('utf8');
  assert.match(text, /default-src 'none'/);
  assert.doesNotMatch(text.slice(0, text.indexOf('<footer>')), /(src|href)="(https?:)?\/\//);
  assert.match(text, /Apache License\s+Version 2\.0/);
  assert.match(text, /This product includes software developed at/);
});

test('every chart is drawn, and says its figures to screen readers with their error', async () => {
  const page = await open('one');
  const charts = await page.$$eval('.chart', (all) => all.map((c) => ({shapes: c.querySelectorAll('svg path').length, width: c.getBoundingClientRect().width, label: c.getAttribute('aria-label'), role: c.getAttribute('role')})));
  assert.ok(charts.length >= 8, `${charts.length} charts`);
  for (const chart of charts) {
    assert.ok(chart.shapes >= 8, `${chart.shapes} shapes in ${chart.label}`);
    assert.ok(chart.width > 200);
    assert.equal(chart.role, 'img');
    assert.match(chart.label, /\d/);
  }
  assert.ok(charts.filter((c) => c.label.includes('±')).length >= 6);
  await finish(page);
});

test('the first figures are those of summary.csv', async () => {
  const page = await open('one');
  const years = growth.filter((row) => row.frequency === 'A');
  const big = await page.$$eval('.cards .big', (all) => all.map((e) => e.textContent));
  assert.equal(big.length, years.length);
  years.forEach((row, k) => assert.ok(big[k].replace('\u2212', '-').startsWith(`${signed(row.p50)}%`), `${big[k]}, ${row.p50}`));
  await finish(page);
});

test('the table under the fan has every figure of summary.csv, with its error', async () => {
  const page = await open('one');
  const fan = page.locator('#forecast figure');
  await fan.locator('button', {hasText: 'Show table'}).click();
  const rows = await fan.locator('tbody tr:not(.past)').evaluateAll((all) => all.map((r) => [...r.cells].map((c) => c.textContent)));
  const months = growth.filter((row) => row.frequency === 'M');
  assert.equal(rows.length, months.length);
  for (const [k, row] of months.entries()) {
    assert.equal(rows[k][0], row.period);
    ['p05', 'p25', 'p50', 'p75', 'p95', 'mean'].forEach((name, n) => {
      assert.equal(rows[k][2 + 2 * n], signed(row[name]), `${row.period} ${name}`);
      assert.ok(Math.abs(Number(rows[k][3 + 2 * n].slice(1)) - Number(row[`se_${name}`])) <= 0.051, `${row.period} se_${name}`);
    });
  }
  assert.ok(await fan.locator('tbody tr.past').count() > 20);
  await finish(page);
});

test('a tooltip shows figures with their errors', async () => {
  const page = await open('one');
  await page.locator('#forecast .chart').scrollIntoViewIfNeeded();
  const box = await page.locator('#forecast .chart').boundingBox();
  await page.mouse.move(box.x + 0.8 * box.width, box.y + 0.5 * box.height);
  await page.mouse.move(box.x + 0.85 * box.width, box.y + 0.5 * box.height);
  const tip = page.locator('#forecast .tip');
  await tip.waitFor({state: 'visible'});
  const text = await tip.textContent();
  assert.match(text, /Median/);
  assert.equal(text.split('±').length - 1, 6);
  await finish(page);
});

test('series, measure, frequency and period can be chosen', async () => {
  const page = await open('one');
  const caption = page.locator('#forecast figcaption');
  await page.locator('#forecast').getByLabel('Group').selectOption('product');
  await page.locator('#forecast').getByLabel('Series').selectOption('exports.product.autos');
  assert.match(await caption.textContent(), /motor vehicles/);
  await page.getByRole('group', {name: 'Frequency'}).first().getByText('Quarters').click();
  assert.match(await caption.textContent(), /quarters/);
  assert.match(await page.locator('#forecast .source').textContent(), /exports\.product\.autos\.yoy/);
  await page.locator('#contributions').getByLabel('Split by').selectOption('product');
  await page.locator('#contributions').getByText('Price and volume in the growth of each product').first().waitFor();
  await finish(page);
});

test('the language changes headline, axes and address', async () => {
  const page = await open('one', {locale: 'en-GB'});
  const english = await page.textContent('#headline');
  assert.match(english, /China's exports/);
  const units = () => page.locator('#contributions svg').first().evaluate((svg) => svg.textContent);
  assert.match(await units(), /pp/);
  await page.getByRole('button', {name: '中文'}).click();
  assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
  assert.match(await page.textContent('#headline'), /同比.*蒙特卡洛误差/);
  assert.match(await units(), /百分点/);
  assert.match(await page.textContent('h1'), /基准情景/);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), '中文');
  await finish(page);
  for (const query of ['?lang=zh', '#zh']) {
    const asked = await open('one', {query});
    assert.equal(await asked.getAttribute('html', 'lang'), 'zh-CN', query);
    await finish(asked);
  }
  const chinese = await open('one', {locale: 'zh-CN'});
  assert.equal(await chinese.getAttribute('html', 'lang'), 'zh-CN');
  await finish(chinese);
});

test('no English word is left on the Chinese page but names', async () => {
  const page = await open('one', {query: '#zh'});
  const words = await page.evaluate(() => [...document.querySelectorAll('main h2, main h3, main label, main button, main option, main th, main dt, main figcaption, main section > p')]
    .filter((e) => /^[A-Za-z][a-z ]{3,}/.test(e.firstChild?.textContent || '')).map((e) => e.textContent));
  assert.deepEqual(words.filter((w) => !/^(Sobol|base)/.test(w)), []);
  await finish(page);
});

test('it is dark where dark is wanted, and readable in both themes', async () => {
  const contrast = () => {
    const style = getComputedStyle(document.documentElement);
    const light = (name) => {
      const c = [1, 3, 5].map((k) => parseInt(style.getPropertyValue(name).trim().slice(k, k + 2), 16) / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    };
    return ['--ink', '--soft', '--accent', '--warn'].map((name) => { const [a, b] = [light(name), light('--paper')].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); });
  };
  const page = await open('one', {colorScheme: 'dark'});
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await paper(), 'rgb(18, 23, 29)');
  const dark = await page.locator('#forecast .chart').innerHTML();
  for (const ratio of await page.evaluate(contrast)) assert.ok(ratio >= 4.5, `${ratio}`);
  await page.getByRole('button', {name: 'Light'}).click();
  assert.equal(await paper(), 'rgb(255, 255, 255)');
  assert.notEqual(await page.locator('#forecast .chart').innerHTML(), dark);
  for (const ratio of await page.evaluate(contrast)) assert.ok(ratio >= 4.5, `${ratio}`);
  await finish(page);
});

test('the keyboard reaches every control, which shows that it has the focus', async () => {
  const page = await open('one');
  const wanted = await page.evaluate(() => [...document.querySelectorAll('a[href], button, select, summary, [tabindex="0"]')].filter((e) => e.offsetParent !== null || e.classList.contains('skip')).length);
  const seen = [];
  for (let k = 0; k < wanted + 5; ++k) {
    await page.keyboard.press('Tab');
    const one = await page.evaluate(() => {
      const e = document.activeElement;
      if (e === document.body) return null;
      e.dataset.reached = '1';
      const style = getComputedStyle(e);
      return {tag: e.tagName, outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2};
    });
    if (one) seen.push(one);
  }
  assert.equal(await page.evaluate(() => document.querySelectorAll('[data-reached]').length), wanted);
  assert.deepEqual(seen.filter((one) => !one.outlined), []);
  const table = page.locator('#forecast figure button');
  await table.focus();
  await page.keyboard.press('Enter');
  assert.equal(await table.getAttribute('aria-expanded'), 'true');
  await finish(page);
});

test('headings, labels and tables are what assistive technology expects', async () => {
  const page = await open('one');
  const found = await page.evaluate(() => {
    for (const button of document.querySelectorAll('figure button')) button.click();
    const levels = [...document.querySelectorAll('h1, h2, h3')].map((h) => Number(h.tagName[1]));
    return {
      first: levels.filter((l) => l === 1).length,
      jumps: levels.filter((l, k) => k > 0 && l > levels[k - 1] + 1).length,
      selects: [...document.querySelectorAll('select')].filter((s) => s.labels.length === 0).length,
      names: [...document.querySelectorAll('button')].filter((b) => !(b.textContent || b.getAttribute('aria-label'))).length,
      tables: [...document.querySelectorAll('table')].filter((t) => !t.caption || t.querySelectorAll('th[scope=col]').length === 0 || t.querySelectorAll('th[scope=row]').length === 0).length,
      charts: document.querySelectorAll('.chart').length, withTable: document.querySelectorAll('figure table').length,
      doubled: [...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, k, all) => all.indexOf(id) !== k),
    };
  });
  assert.deepEqual(found, {first: 1, jumps: 0, selects: 0, names: 0, tables: 0, charts: found.charts, withTable: found.charts, doubled: []});
  await finish(page);
});

test('it fits telephones, tablets and screens in both languages', async () => {
  for (const width of [360, 768, 1280]) {
    for (const query of ['#en', '#zh']) {
      const page = await open('one', {query, viewport: {width, height: 800}});
      assert.deepEqual(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]), [width, width], `${width}${query}`);
      await finish(page);
    }
  }
});

test('charts follow the width of the window', async () => {
  const page = await open('one');
  await page.setViewportSize({width: 500, height: 900});
  await page.waitForFunction(() => [...document.querySelectorAll('.chart')].every((c) => Math.abs(c.querySelector('svg').getBoundingClientRect().width - c.clientWidth) < 2));
  await finish(page);
});

test('paper gets a light page with every table, and the screen its own again', async () => {
  const page = await open('one', {colorScheme: 'dark'});
  const pdf = await page.pdf({format: 'A4', printBackground: true});
  assert.equal(pdf.subarray(0, 4).toString(), '%PDF');
  assert.ok(pdf.length > 40000);
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
  const state = () => page.evaluate(() => [document.documentElement.dataset.theme, [...document.querySelectorAll('figure .scroll')].filter((t) => t.hidden).length]);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  assert.deepEqual(await state(), ['light', 0]);
  await page.emulateMedia({media: 'print'});
  assert.equal(await page.locator('button:visible, select:visible').count(), 0);
  await page.emulateMedia({media: 'screen'});
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  assert.equal((await state())[0], 'dark');
  assert.ok((await state())[1] >= 8);
  await finish(page);
});

test('nothing moves by itself', async () => {
  const page = await open('one', {reducedMotion: 'reduce'});
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
  await finish(page);
});

test('no other script may run in it', async () => {
  const page = await open('one');
  await page.evaluate(() => { const s = document.createElement('script'); s.textContent = 'window.stranger = 1'; document.body.append(s); });
  assert.equal(await page.evaluate(() => window.stranger), undefined);
  assert.ok((await page.evaluate(() => window.violations)).length > 0);
  await page.context().close();
});

test('a report of little shows what there is, and a strange title as text', async () => {
  const page = await open('little');
  assert.equal(await page.textContent('h1'), '</script><img src=x onerror=alert(1)> & <b>co</b>');
  assert.equal(await page.locator('h1 *').count(), 0);
  assert.deepEqual(await page.$$eval('section', (all) => all.map((s) => s.id)), ['forecast', 'contributions', 'thresholds', 'tail', 'assumptions', 'error', 'terms']);
  await finish(page);
});
