// Differences of scenarios on common random numbers, each with its own error, largest first.
// A row: [period, base, error, other, error, mean difference, error, 5%, 95%, and their errors].
const unitOfDifference = (unit) => unit === 'pct' ? 'pp' : unit;
const MOST_DIFFERENCES = 24;

function differenceRow(x, name) {
  const r = x.row;
  return {name, unit: unitOfDifference(x.unit), mean: r[5], se: r[6], low: r[7], high: r[8], se_low: r[9], se_high: r[10], base: r[1], base_se: r[2], other: r[3], other_se: r[4]};
}

function differencesSection(section) {
  const pairs = DATA.comparisons;
  const years = [...new Set(pairs.flatMap((c) => c.rows.map((x) => x.row[0])))].map((n) => PERIODS[n]).sort(inOrder);
  if (years.length === 0) return section.append(el('p', {}, t('not_stored')));
  if (!years.some((p) => p.number === view.diffYear)) view.diffYear = years[years.length - 1].number;
  const controls = el('div', {class: 'controls'}), all = el('div'), one = el('div');
  section.append(controls, all, one);
  const draw = () => {
    clear(all);
    clear(one);
    const year = PERIODS[view.diffYear], pair = pairs[view.pair];
    if (pairs.length > 1) allPairs(all, pairs, year);
    const rows = pair.rows.filter((x) => x.row[0] === year.number);
    const splits = [...new Set(rows.map((x) => x.by))].filter((by) => by !== '' && rows.some((x) => x.by === by && x.row[5] !== 0));
    const names = {product: 'product', market: 'market', driver: 'driver', stage: 'stage', price_volume: 'price_volume'};
    oneFigure(one, pair, year, t('diff_growth'), rows.filter((x) => x.by === '' && x.unit === 'pct'), 'differences.csv', t('pp'));
    for (const by of splits.filter((b) => names[b]))
      oneFigure(one, pair, year, joined(t('diff_contributions'), by in SPLIT_NAMES ? both(SPLIT_NAMES[by]) : by), rows.filter((x) => x.by === by), 'contribution_differences.csv', t('pp'));
    const levels = rows.filter((x) => x.by === '' && x.unit !== 'pct').map((x) => differenceRow(x, `${both(x.name)} (${unitName(x.unit)})`));
    if (levels.length > 0) {
      one.append(el('h3', {}, t('diff_level')), frame(tableOf(`${pair.other} ${t('less')} ${pair.base}`, {
        head: [t('series'), pair.base, t('error'), pair.other, t('error'), t('mean_difference'), t('error'), '5%', t('error'), '95%', t('error')],
        rows: levels.map((r) => [r.name, number(r.base, r.unit), error(r.base_se), number(r.other, r.unit), error(r.other_se), signed(r.mean, DECIMALS[r.unit] ?? 2), error(r.se), signed(r.low, DECIMALS[r.unit] ?? 2), error(r.se_low), signed(r.high, DECIMALS[r.unit] ?? 2), error(r.se_high)]),
      })));
    }
  };
  controls.append(
    ...(pairs.length > 1 ? [select(t('pair'), pairs.map((c, k) => [k, `${c.other} ${t('less')} ${c.base}`]), view.pair, (v) => { view.pair = Number(v); draw(); })] : []),
    select(t('year'), years.map((p) => [p.number, both(p.name)]), view.diffYear, (v) => { view.diffYear = Number(v); draw(); }));
  draw();
}
const SPLIT_NAMES = {product: ['product', '产品'], market: ['market', '市场'], driver: ['driver', '驱动因素'], stage: ['AI chain and the rest', 'AI产业链与其他'], price_volume: ['price and volume', '价格与数量']};

/** The headline of every scenario against the base. */
function allPairs(parent, pairs, year) {
  const rows = pairs.map((c) => ({c, x: c.rows.find((x) => x.series === 'exports.total.yoy' && x.row[0] === year.number)})).filter((r) => r.x)
    .map(({c, x}) => differenceRow(x, c.other)).sort((a, b) => b.mean - a.mean);
  intervalFigure(parent, {title: `${joined(t('diff_by_scenario'), pairs[0].base)}${comma()}${both(year.name)}`, unit: t('pp'), unitOf: () => 'pp', kind: 'dot', rows,
    axis: t('pp'), head: t('scenario'), source: sourceOf('differences.csv', 'exports.total.yoy', true)});
}

function oneFigure(parent, pair, year, what, cells, file, axis) {
  const rows = cells.map((x) => differenceRow(x, both(x.name))).filter((r) => r.mean !== 0 || r.low !== r.high)
    .sort((a, b) => Math.abs(b.mean) - Math.abs(a.mean)).slice(0, MOST_DIFFERENCES);
  if (rows.length === 0) return;
  intervalFigure(parent, {title: `${what}${colon()}${pair.other} ${t('less')} ${pair.base}, ${both(year.name)}`, unit: t('pp'), unitOf: (r) => r.unit, kind: 'dot', rows,
    axis, head: t('what'), source: sourceOf(file, year.id, true)});
}
