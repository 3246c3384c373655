// What makes the growth: stacked over time, one period in detail, and price and volume of each product.
// A row: [period, mean, 5%, 95%, and the error of each].
const MOST_PARTS = 7;  // that a stack can tell apart; the others are one part

const splitsOf = (run) => run.contributions.filter((s) => s.of === 'exports.total.yoy');
const rowIn = (part, period) => part.rows.find((row) => row[0] === period.number);
function splitPeriods(split, frequency) {
  const numbers = new Set(split.parts.flatMap((p) => p.rows.map((r) => r[0])));
  return [...numbers].map((n) => PERIODS[n]).filter((p) => p.frequency === frequency).sort(inOrder);
}
const moves = (part) => part.rows.some((row) => row[1] !== 0 || row[2] !== 0 || row[3] !== 0);

/** The largest parts by themselves, the rest summed; the error of a sum is at most the sum of errors. */
function largestParts(split, periods) {
  const size = (part) => Math.max(...periods.map((p) => Math.abs(rowIn(part, p)?.[1] ?? 0)));
  const sorted = split.parts.filter(moves).map((part) => ({part, size: size(part)})).sort((a, b) => b.size - a.size).map((x) => x.part);
  const shown = sorted.length > MOST_PARTS + 1 ? sorted.slice(0, MOST_PARTS) : sorted;
  const rest = sorted.slice(shown.length);
  const stacks = shown.map((part) => ({name: both(part.name), values: periods.map((p) => rowIn(part, p)?.[1] ?? null), errors: periods.map((p) => rowIn(part, p)?.[4] ?? null)}));
  if (rest.length > 0) {
    const sum = (column) => periods.map((p) => rest.reduce((s, part) => s + (rowIn(part, p)?.[column] ?? 0), 0));
    stacks.push({name: `${t('others')} (${rest.length})`, values: sum(1), errors: sum(4), bound: true});
  }
  return stacks;
}

function stackFigure(parent, run, split, frequency) {
  const periods = splitPeriods(split, frequency);
  const stacks = largestParts(split, periods);
  const growth = run.series.find((s) => s.id === split.of);
  const totals = periods.map((p) => growth?.fan.find((row) => row[0] === p.number));
  const colour = (colours, k) => colours.parts[k < MOST_PARTS && !stacks[k].bound ? k : 7];
  figure(parent, {
    title: t('over_time'),
    unit: joined(t('pp'), lang === 'zh' ? `，按${both(split.name)}` : `, by ${both(split.name)}`).replace(' ,', ','),
    describe: stacks.map((s) => `${s.name} ${number(s.values[s.values.length - 1], 'pp')}`).join('; '),
    legend: (colours) => [...stacks.map((s, k) => [colour(colours, k), s.name]), [colours.ink, t('total'), 'line']],
    option: (colours) => ({
      grid: {left: 48, right: 12, top: 34, bottom: 28},
      tooltip: {...baseOption(colours).tooltip, trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {opacity: 0.08}},
        formatter: (items) => {
          const i = items[0].dataIndex, total = totals[i];
          return tip(both(periods[i].name) + comma() + t('pp'), [...stacks.map((s) => [s.name, number(s.values[i], 'pp'), (s.bound ? '\u2264 ' : '') + error(s.errors[i])]),
            ...(total ? [[t('total'), number(total[MEAN], 'pp'), error(total[MEAN + SE])]] : [])]);
        }},
      xAxis: periodAxis(colours, periods, {boundaryGap: true}),
      yAxis: valueAxis(colours, t('pp')),
      series: [...stacks.map((s, k) => ({type: 'bar', stack: 'all', name: s.name, data: s.values, barMaxWidth: 46, barCategoryGap: '28%',
        itemStyle: {color: colour(colours, k), borderColor: colours.paper, borderWidth: 0.5}, emphasis: {disabled: true},
        markLine: k === 0 ? zeroLine(colours, 'yAxis') : undefined})),
      {type: 'line', data: totals.map((row) => row ? row[MEAN] : null), z: 6, silent: true, symbol: 'diamond', symbolSize: 8,
        itemStyle: {color: colours.ink, borderColor: colours.paper, borderWidth: 1}, lineStyle: {color: colours.ink, width: 1.2}}],
    }),
    table: {head: [t('part'), ...periods.flatMap((p) => [p.id, t('error')])],
      rows: [...stacks.map((s) => [s.name, ...periods.flatMap((p, i) => [number(s.values[i], 'pp'), (s.bound ? '\u2264 ' : '') + error(s.errors[i])])]),
        [t('total'), ...totals.flatMap((row) => row ? [number(row[MEAN], 'pp'), error(row[MEAN + SE])] : ['', ''])]]},
    source: sourceOf('contributions.csv', `${split.of}, ${split.by}`),
  });
}

/** Parts of one period, largest first, with the interval of the paths. */
function periodFigure(parent, split, period) {
  const rows = split.parts.map((part) => ({name: both(part.name), row: rowIn(part, period)})).filter((x) => x.row && (x.row[1] !== 0 || x.row[3] !== x.row[2]))
    .sort((a, b) => Math.abs(b.row[1]) - Math.abs(a.row[1]));
  intervalFigure(parent, {
    title: joined(t('in_period'), both(period.name)), unit: `${t('pp')}${semicolon()}${t('whisker')}`, unitOf: () => 'pp', kind: 'bar',
    rows: rows.map(({name, row}) => ({name, mean: row[1], low: row[2], high: row[3], se: row[4], se_low: row[5], se_high: row[6]})),
    axis: t('pp'), head: t('part'), source: sourceOf('contributions.csv', `${split.of}, ${split.by}, ${period.id}`),
  });
}

/** Rows {name, mean, low, high, se, se_low, se_high}: a bar or a dot for the mean, a line for the interval. */
function intervalFigure(parent, {title, unit, rows, axis, head, source, kind, unitOf}) {
  if (rows.length === 0) return parent.append(el('p', {}, t('not_stored')));
  const textOf = (row, value) => number(value, unitOf(row));
  figure(parent, {
    title, unit, source, height: 66 + 24 * rows.length,
    describe: rows.slice(0, 3).map((r) => `${r.name} ${textOf(r, r.mean)} ${error(r.se)}`).join('; '),
    option: (colours, host) => ({
      grid: {left: nameRoom(host) + 10, right: 56, top: 8, bottom: 44},
      tooltip: {...baseOption(colours).tooltip, trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {opacity: 0.08}},
        formatter: (items) => {
          const r = rows[items[0].dataIndex];
          return tip(r.name, [[t('mean'), textOf(r, r.mean), error(r.se)], ['5%', textOf(r, r.low), error(r.se_low)], ['95%', textOf(r, r.high), error(r.se_high)]]);
        }},
      xAxis: valueAxis(colours, axis, {nameLocation: 'middle', nameGap: 28, nameTextStyle: {color: colours.soft, align: 'center'}}),
      yAxis: namesAxis(colours, rows.map((r) => r.name), nameRoom(host)),
      series: [{type: kind === 'bar' ? 'bar' : 'scatter', data: rows.map((r, k) => kind === 'bar' ? r.mean : [r.mean, k]), barWidth: '58%', symbolSize: 9, silent: kind !== 'bar', z: 3,
        itemStyle: {color: (p) => kind === 'bar' ? (rows[p.dataIndex].mean < 0 ? colours.parts[3] : colours.parts[0]) : colours.accent}, emphasis: {disabled: true},
        markLine: zeroLine(colours, 'xAxis')},
      // Lines by themselves do not widen an axis: an invisible mark at either end does.
      {type: 'scatter', silent: true, data: rows.map((r, k) => [Math.min(r.low ?? r.mean, r.mean), k]), symbolSize: 0.01},
      {type: 'scatter', silent: true, data: rows.map((r, k) => [Math.max(r.high ?? r.mean, r.mean), k]), symbolSize: 0.01, z: 5,
        label: {show: true, position: 'right', distance: 6, color: colours.soft, fontSize: 11.5, textBorderColor: colours.paper, textBorderWidth: 3, formatter: (p) => textOf(rows[p.dataIndex], rows[p.dataIndex].mean).replace('-', '\u2212')},
        markLine: {silent: true, symbol: 'none', animation: false, label: {show: false}, lineStyle: {color: colours.ink, width: 1.2, type: 'solid'},
          data: rows.map((r, k) => [{coord: [r.low ?? r.mean, k]}, {coord: [r.high ?? r.mean, k]}])}}],
    }),
    table: {head: [head, t('mean'), t('error'), '5%', t('error'), '95%', t('error')],
      rows: rows.map((r) => [r.name, textOf(r, r.mean), error(r.se), textOf(r, r.low), error(r.se_low), textOf(r, r.high), error(r.se_high)])},
  });
}

/** Price and volume in each product's own growth. */
function ownFigure(parent, run, period) {
  const rows = run.contributions.filter((s) => s.by === 'price_volume' && s.of.startsWith('exports.product.')).map((split) => {
    const row = (key) => { const part = split.parts.find((p) => p.key === key); return part && rowIn(part, period); };
    return {name: both(split.subject).replace(/^Exports of |出口$/g, '').replace(/^./, (c) => c.toUpperCase()), price: row('price'), volume: row('volume')};
  }).filter((r) => r.price && r.volume).sort((a, b) => (b.price[1] + b.volume[1]) - (a.price[1] + a.volume[1]));
  if (rows.length === 0) return;
  const names = run.contributions.find((s) => s.by === 'price_volume').parts.map((p) => [p.key, both(p.name)]);
  const label = Object.fromEntries(names);
  figure(parent, {
    title: joined(t('own_growth') + (lang === 'zh' ? '：' : ','), both(period.name)), unit: t('own_text'), height: 66 + 24 * rows.length,
    describe: rows.slice(0, 3).map((r) => `${r.name}: ${label.price} ${number(r.price[1], 'pp')}, ${label.volume} ${number(r.volume[1], 'pp')}`).join('; '),
    legend: (colours) => [[colours.parts[1], label.price], [colours.parts[0], label.volume]],
    option: (colours, host) => ({
      grid: {left: nameRoom(host) + 10, right: 18, top: 8, bottom: 44},
      tooltip: {...baseOption(colours).tooltip, trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {opacity: 0.08}},
        formatter: (items) => { const r = rows[items[0].dataIndex]; return tip(r.name + comma() + t('pp'), ['price', 'volume'].map((k) => [label[k], number(r[k][1], 'pp'), error(r[k][4])])); }},
      xAxis: valueAxis(colours, t('pp'), {nameLocation: 'middle', nameGap: 28, nameTextStyle: {color: colours.soft, align: 'center'}}),
      yAxis: namesAxis(colours, rows.map((r) => r.name), nameRoom(host)),
      series: ['price', 'volume'].map((k, n) => ({type: 'bar', stack: 'own', barWidth: '58%', data: rows.map((r) => r[k][1]), emphasis: {disabled: true},
        itemStyle: {color: colours.parts[n === 0 ? 1 : 0]}, markLine: n === 0 ? zeroLine(colours, 'xAxis') : undefined})),
    }),
    table: {head: [t('part'), label.price, t('error'), label.volume, t('error')],
      rows: rows.map((r) => [r.name, number(r.price[1], 'pp'), error(r.price[4]), number(r.volume[1], 'pp'), error(r.volume[4])])},
    source: sourceOf('contributions.csv', `exports.product.*.yoy, price_volume, ${period.id}`),
  });
}

function contributionsSection(section, run) {
  const splits = splitsOf(run);
  const controls = el('div', {class: 'controls'}), above = el('div'), more = el('div', {class: 'controls'}), detail = el('div');
  section.append(controls, above, more, detail);
  const current = () => splits.find((s) => s.by === view.split) || splits[0];
  const frequencies = () => FREQUENCIES.filter((f) => splitPeriods(current(), f).length > 0);
  const drawStack = () => { clear(above); stackFigure(above, run, current(), frequencies().includes(view.stack) ? view.stack : frequencies()[0]); };
  const drawDetail = () => {
    clear(detail);
    const period = PERIODS[view.period];
    periodFigure(detail, current(), period);
    if (current().by === 'product') ownFigure(detail, run, period);
  };
  const periods = [...FREQUENCIES].reverse().flatMap((f) => splitPeriods(current(), f));
  if (!periods.some((p) => p.number === view.period)) view.period = periods[0].number;
  controls.append(
    select(t('split'), splits.map((s) => [s.by, raised(both(s.name))]), current().by, (v) => { view.split = v; drawStack(); drawDetail(); }),
    choice(t('frequency'), frequencies().map((f) => [f, t(f)]), frequencies().includes(view.stack) ? view.stack : frequencies()[0], (v) => { view.stack = v; drawStack(); }));
  more.append(select(t('period'), periods.map((p) => [p.number, both(p.name)]), view.period, (v) => { view.period = Number(v); drawDetail(); }));
  drawStack();
  drawDetail();
}
