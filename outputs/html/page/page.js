// The page: what it shows, in which language and theme, and for which scenario.
const DATA = JSON.parse(document.getElementById('data').textContent);
const PERIODS = DATA.periods.map(asPeriod);
for (const run of DATA.runs) {
  if (run.tail) run.tail.rows = run.tail.groups.flatMap((g) => g.rows.map(([period, mean, tail, se]) => ({series: g.series, by: g.by, name: g.name, unit: g.unit, period, mean, tail, se})));
  for (const series of run.series) series.past = DATA.histories[run.history]?.[series.id] || [];
}
const view = {run: 0, shelf: 'total', subject: 'exports.total', measure: 'yoy', frequency: 'M', years: 3, split: 'driver', stack: 'Q', period: -1,
  chance: 'exports.total.yoy', chanceFrequency: 'M', runsPeriod: -1, diffYear: -1, pair: 0, tailSeries: 'exports.total.yoy', tailSplit: 'driver'};
const root = document.documentElement;
const main = document.getElementById('content');

/** Where a figure's numbers are. A report of one run stands beside its tables and links to them. */
function sourceOf(file, series, ofSeveral) {
  const run = DATA.runs[view.run];
  const where = DATA.runs.length === 1 && DATA.comparisons.length === 0 ? el('a', {href: file}, file) : file;
  const name = ofSeveral || !run ? '' : t('of_run') + ' ' + run.name + comma() + t('data_to') + ' ' + run.facts.as_of + semicolon();
  return [t('source') + colon() + name, where, `${comma()}${t('series_in')} `, el('code', {}, series), ...(run ? [`${semicolon()}${grouped(run.facts.paths)} ${t('and_paths')}`] : [])];
}

/** Growth of the total in complete years; else in the last period there is. */
function yearsOf(run) {
  const series = run.series.find((s) => s.id === 'exports.total.yoy');
  if (!series) return [];
  const rows = series.fan.map((row) => ({period: PERIODS[row[0]], row}));
  const years = rows.filter((r) => r.period.frequency === 'A').sort((a, b) => inOrder(a.period, b.period));
  return years.length > 0 ? years : rows.slice(-1);
}

function cards(run) {
  const paths = run.facts.paths;
  const event = (name, threshold, period) => run.chances.find((c) => c.series === 'exports.total.yoy' && c.event === name && c.threshold === threshold)?.rows.find((r) => r[0] === period.number);
  const value = run.series.find((s) => s.id === 'exports.total.value');
  return el('div', {class: 'cards'}, yearsOf(run).map(({period, row}) => {
    const fall = event('below', 0, period), worst = event('es_low', 5, period), usd = value?.fan.find((r) => r[0] === period.number);
    return el('div', {}, el('h2', {}, t('growth_in') + comma() + both(period.name)),
      el('p', {class: 'big'}, `${number(row[P50], 'pct').replace('-', '\u2212')}%`, el('small', {}, ` ${t('median')}${comma()}${error(row[P50 + SE])}`)),
      pairs([
        [t('interval90'), from_to(`${number(row[P05], 'pct')}% (${error(row[P05 + SE])})`, `${number(row[P95], 'pct')}% (${error(row[P95 + SE])})`)],
        [t('chance_fall'), fall ? `${chance(fall[1], paths)} ${chanceError(fall[1], fall[2])}` : ''],
        [t('worst'), worst ? `${number(worst[1], 'pct')}% ${error(worst[2])}` : ''],
        [t('value'), usd ? `${quantity(usd[P50], 'usd_bn')} ${error(usd[P50 + SE])}` : '']]));
  }));
}

/** Sections that have something to show: [id, title, text, build]. */
function sections(run) {
  const several = DATA.runs.length > 1;
  return [
    ['differences', 'diff', DATA.comparisons.length > 0, (s) => differencesSection(s)],
    ['scenarios', 'runs', several, (s) => scenariosSection(s)],
    ['forecast', 'fan', run?.series.length > 0, (s) => fanSection(s, run)],
    ['contributions', 'parts', run && splitsOf(run).length > 0, (s) => contributionsSection(s, run)],
    ['thresholds', 'chance', run?.chances.some((c) => c.event !== 'es_low'), (s) => chancesSection(s, run)],
    ['tail', 'tail', Boolean(run?.tail), (s) => tailSection(s, run)],
    ['drivers', 'drivers', run?.series.some((s) => s.shelf === 'drivers'), (s) => driversSection(s, run)],
    ['assumptions', 'assumptions', Boolean(run), (s) => assumptionsSection(s, run)],
    ['error', 'facts', Boolean(run), (s) => factsSection(s, run)],
    ['terms', 'glossary', true, (s) => glossarySection(s)],
  ].filter((x) => x[2]);
}

function render() {
  clear(main);
  figure.count = 0;
  const run = DATA.runs[view.run], several = DATA.runs.length > 1;
  document.getElementById('skip').textContent = t('skip');
  document.getElementById('licences-title').textContent = t('licences');
  if (several) {
    document.title = `${DATA.runs.map((r) => r.name).join(', ')} \u00b7 plimsoll`;
    main.append(el('p', {class: 'kicker'}, DATA.runs.map((r) => r.name).join(', ')), el('h1', {}, joined(String(DATA.runs.length), t('runs_many'))),
      el('p', {class: 'headline', id: 'headline'}, spanSentence()));
  } else if (run) {
    document.title = `${both(run.title) || run.name} \u00b7 plimsoll`;
    main.append(kicker(run), el('h1', {}, both(run.title) || run.name), el('p', {class: 'headline', id: 'headline'}, both(run.headline)), cards(run));
  } else {
    const pair = DATA.comparisons[0];
    document.title = `${pair.other} ${t('less')} ${pair.base} \u00b7 plimsoll`;
    main.append(el('p', {class: 'kicker'}, DATA.comparisons.map((c) => c.other).join(', ') + ` ${t('less')} ${pair.base} \u00b7 ${grouped(pair.paths)} ${t('and_paths')}`),
      el('h1', {}, DATA.comparisons.length === 1 ? `${both(pair.other_title) || pair.other} ${t('less')} ${both(pair.base_title) || pair.base}` : t('diff_title')),
      el('p', {class: 'headline', id: 'headline'}, differenceSentence()));
  }
  const list = sections(run);
  main.append(el('nav', {class: 'contents', 'aria-label': t('contents')}, el('ul', {}, list.map(([id, key]) => el('li', {}, el('a', {href: `#${id}`}, t(key + '_title')))))));
  for (const [id, key, , build] of list) {
    if (several && id !== 'differences' && id !== 'scenarios' && !main.querySelector('#chosen')) main.append(...chosenRun(run));
    const section = el('section', {id, 'aria-labelledby': `${id}-title`}, el('h2', {id: `${id}-title`}, t(key + '_title')), WORDS[key + '_text'] ? el('p', {}, t(key + '_text')) : null);
    main.append(section);
    build(section);
  }
}

/** The differences of the total's growth in a sentence: of the scenario that differs most. */
function differenceSentence() {
  const size = (c) => Math.max(...c.rows.filter((x) => x.series === 'exports.total.yoy').map((x) => Math.abs(x.row[5])), 0);
  const pair = [...DATA.comparisons].sort((a, b) => size(b) - size(a))[0];
  return pair.rows.filter((x) => x.series === 'exports.total.yoy').map((x) => {
    const [n, base, , other, , mean, se] = x.row, year = both(PERIODS[n].name);
    return lang === 'zh' ? `${pair.other}：${year}出口同比均值${number(other, 'pct')}%，较${pair.base}（${number(base, 'pct')}%）${mean < 0 ? '低' : '高'}${fixed(Math.abs(mean), 2)}个百分点（差异的蒙特卡洛误差${error(se)}）。`
      : `${pair.other}: mean growth of exports in ${year} is ${number(other, 'pct')}%, ${fixed(Math.abs(mean), 2)} pp ${mean < 0 ? 'lower' : 'higher'} than in ${pair.base} (${number(base, 'pct')}%; Monte Carlo error of the difference ${error(se)} pp).`;
  }).join(lang === 'zh' ? '' : ' ');
}

function kicker(run) {
  const f = run.facts;
  return el('p', {class: 'kicker'}, `${t('scenario')} ${run.name} \u00b7 ${t('data_to')} ${f.as_of}${comma()}${t('known_on')} ${f.known_on} \u00b7 ${t('forecast_to')} ${f.horizon} \u00b7 ${grouped(f.paths)} ${t('and_paths')}`);
}

/** Which scenarios have the highest and the lowest growth, by year. */
function spanSentence() {
  const growth = DATA.runs.map((r) => r.series.find((s) => s.id === 'exports.total.yoy')).filter(Boolean);
  const years = [...new Set(growth.flatMap((s) => s.fan.map((r) => r[0])))].map((n) => PERIODS[n]).filter((p) => p.frequency === 'A').sort(inOrder);
  return years.map((p) => ({p, rows: scenarioRows(p).sort((a, b) => b.row[P50] - a.row[P50])})).filter(({rows}) => rows.length > 1).map(({p, rows}) => {
    const of = (r) => `${r.name} ${number(r.row[P50], 'pct')}% (${error(r.row[P50 + SE])})`;
    return `${t('growth_in')}${comma()}${both(p.name)}${comma()}${t('median').toLowerCase()}${colon()}${t('highest')} ${of(rows[0])}${comma()}${t('lowest')} ${of(rows[rows.length - 1])}${lang === 'zh' ? '。' : '. '}`;
  }).join('');
}

/** The scenario that the sections from here on are for. */
function chosenRun(run) {
  return [runChooser(), kicker(run), el('h2', {}, both(run.title) || run.name), el('p', {class: 'headline'}, both(run.headline)), cards(run)];
}

function runChooser() {
  return el('div', {class: 'controls', id: 'chosen'}, select(t('sections_for'), DATA.runs.map((r, k) => [k, r.name]), view.run, (v) => {
    view.run = Number(v);
    const at = window.scrollY;
    render();
    window.scrollTo(0, at);
    main.querySelector('#chosen select')?.focus();
  }), DATA.runs[view.run].detail === 'brief' ? el('p', {class: 'source'}, t('brief')) : null);
}

function setLanguage(next) {
  lang = next;
  root.lang = next === 'zh' ? 'zh-CN' : 'en';
  tools();
  render();
}
function setTheme(next) {
  root.dataset.theme = next;
  for (const one of drawn) one.draw();
}
/** The buttons at the top; built again when their words change, the pressed one keeps the focus. */
function tools() {
  const bar = document.getElementById('tools');
  const focused = bar.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  bar.replaceChildren(
    choice(t('language'), [['en', 'English', {lang: 'en', 'data-key': 'en'}], ['zh', '中文', {lang: 'zh-CN', 'data-key': 'zh'}]], lang, setLanguage),
    choice(t('theme'), [['light', t('light'), {'data-key': 'light'}], ['dark', t('dark'), {'data-key': 'dark'}]], root.dataset.theme, setTheme),
    el('button', {type: 'button', 'data-key': 'print', onclick: () => window.print()}, t('print')));
  if (focused) bar.querySelector(`[data-key="${focused}"]`)?.focus();
}

/** ?lang=zh or #zh, else the one language of the scenario's report, else the browser's. */
function firstLanguage() {
  const asked = new URLSearchParams(location.search).get('lang') || location.hash.slice(1);
  if (['en', 'zh'].includes(asked)) return asked;
  if (DATA.languages.length === 1) return DATA.languages[0];
  const browser = (navigator.languages || [navigator.language]).map((l) => l.slice(0, 2)).find((l) => DATA.languages.includes(l));
  return browser || DATA.languages[0];
}

const darkWanted = window.matchMedia('(prefers-color-scheme: dark)');
root.dataset.theme = darkWanted.matches ? 'dark' : 'light';
darkWanted.addEventListener('change', (e) => { setTheme(e.matches ? 'dark' : 'light'); tools(); });
window.addEventListener('hashchange', () => { if (['#en', '#zh'].includes(location.hash)) setLanguage(location.hash.slice(1)); });

// Paper is light, as wide as a page, and has every table; afterwards all is as it was.
let themeOnScreen = 'light';
const PAPER_WIDTH = '660px', PAPER_HEIGHT = '255px';
window.addEventListener('beforeprint', () => {
  if (printing) return;
  printing = true;
  themeOnScreen = root.dataset.theme;
  root.dataset.theme = 'light';
  for (const one of drawn) {
    one.host.style.width = one.host.closest('.small') ? '310px' : PAPER_WIDTH;
    if (!one.height) one.host.style.height = PAPER_HEIGHT;
    one.fill();
    one.closed = one.table.hidden;
    one.table.hidden = false;
  }
  fit();
});
window.addEventListener('afterprint', () => {
  printing = false;
  root.dataset.theme = themeOnScreen;
  for (const one of drawn) {
    one.host.style.width = '';
    if (!one.height) one.host.style.height = '';
    one.table.hidden = one.closed;
  }
  fit();
});
let waiting = 0;
new ResizeObserver(() => {
  clearTimeout(waiting);
  waiting = setTimeout(() => { if (!printing) fit(); }, 60);
}).observe(main);

lang = firstLanguage();
setLanguage(lang);
