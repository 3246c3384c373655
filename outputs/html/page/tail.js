// What the worst paths look like: how they run, what makes their growth, and where drivers and groups stand on them,
// beside the means over all paths.
const TAIL_ROWS = 14;

const tailTip = (r, unit) => [[t('all_paths'), number(r.mean, unit)], [t('worst_paths'), number(r.tail, unit), error(r.se)], [t('difference'), number(r.tail - r.mean, unit === 'pct' ? 'pp' : unit)]];
const tailCells = (r) => [number(r.mean, r.unit), number(r.tail, r.unit), error(r.se), number(r.tail - r.mean, r.unit === 'pct' ? 'pp' : r.unit)];
const tailHead = (first) => [first, t('all_paths'), t('worst_paths'), t('error'), t('difference')];

function tailSection(section, run) {
  const tail = run.tail, period = PERIODS[tail.period];
  section.append(el('p', {}, `${joined(t('tail_share'), fixed(100 * tail.share, 0) + '%', t('tail_of'))} ${both(tail.subject)}${comma()}${both(period.name)}${comma()}${joined(t('tail_edge'), number(tail.edge, 'pct') + '%')}${lang === 'zh' ? '。' : '.'}`));
  tailLines(section, tail);
  tailParts(section, tail, period);
  tailLevels(section, tail, period);
}

/** Series by month, or by what there is: the mean of the worst paths beside that of all. */
function tailLines(section, tail) {
  const runs = new Map();
  for (const r of tail.rows.filter((x) => x.by === '')) {
    if (!runs.has(r.series)) runs.set(r.series, {name: both(r.name), unit: r.unit, rows: []});
    runs.get(r.series).rows.push(r);
  }
  const choices = [];
  for (const [id, one] of runs) {
    const frequency = FREQUENCIES.find((f) => one.rows.filter((r) => PERIODS[r.period].frequency === f).length > 2);
    if (frequency) choices.push({id, ...one, rows: one.rows.filter((r) => PERIODS[r.period].frequency === frequency).sort((a, b) => inOrder(PERIODS[a.period], PERIODS[b.period]))});
  }
  if (choices.length === 0) return;
  const place = el('div');
  const draw = () => { clear(place); tailLine(place, choices.find((c) => c.id === view.tailSeries) || choices[0]); };
  if (choices.length > 1) section.append(el('div', {class: 'controls'}, select(t('series'), choices.map((c) => [c.id, c.name]), view.tailSeries, (v) => { view.tailSeries = v; draw(); })));
  section.append(place);
  draw();
}

function tailLine(parent, {id, name, unit, rows}) {
  const last = rows[rows.length - 1];
  figure(parent, {
    title: name, unit: `${unitName(unit)}${semicolon()}${t('tail_lines')}`,
    describe: `${both(PERIODS[last.period].name)}: ${t('worst_paths')} ${number(last.tail, unit)} ${error(last.se)}, ${t('all_paths')} ${number(last.mean, unit)}`,
    legend: (colours) => [[colours.ink, t('all_paths'), 'line'], [colours.parts[3], t('worst_paths'), 'line']],
    option: (colours) => ({
      grid: {left: 48, right: 56, top: 34, bottom: 28},
      tooltip: {...baseOption(colours).tooltip, trigger: 'axis', formatter: (items) => { const r = rows[items[0].dataIndex]; return tip(both(PERIODS[r.period].name) + comma() + unitName(unit), tailTip(r, unit)); }},
      xAxis: periodAxis(colours, rows.map((r) => PERIODS[r.period])), yAxis: valueAxis(colours, unitName(unit), {scale: unit !== 'pct'}),
      series: [
        {type: 'line', stack: 'se', stackStrategy: 'all', data: rows.map((r) => r.tail - 2 * (r.se ?? 0)), symbol: 'none', silent: true, lineStyle: {opacity: 0}},
        {type: 'line', stack: 'se', stackStrategy: 'all', data: rows.map((r) => 4 * (r.se ?? 0)), symbol: 'none', silent: true, lineStyle: {opacity: 0}, areaStyle: {color: colours.parts[3], opacity: 0.25}},
        {type: 'line', data: rows.map((r) => r.mean), symbol: 'none', silent: true, lineStyle: {color: colours.ink, width: 1.8}, markLine: unit === 'pct' ? zeroLine(colours, 'yAxis') : undefined},
        {type: 'line', data: rows.map((r) => r.tail), symbol: 'none', silent: true, lineStyle: {color: colours.parts[3], width: 2.4},
          endLabel: {show: true, formatter: () => number(last.tail, unit).replace('-', '\u2212'), color: colours.parts[3], fontWeight: 600}}],
    }),
    table: {head: tailHead(t('period')), rows: rows.map((r) => [PERIODS[r.period].id, ...tailCells(r)])},
    source: sourceOf('tail.csv', id),
  });
}

/** Contributions on the worst paths less those on all, of the headline's period. */
function tailParts(section, tail, period) {
  const rows = tail.rows.filter((r) => r.by !== '' && r.period === period.number).map((r) => ({...r, change: r.tail - r.mean})).filter((r) => r.change !== 0);
  const splits = [...new Set(rows.map((r) => r.by))].filter((by) => by in SPLIT_NAMES);
  if (splits.length === 0) return;
  const place = el('div');
  const draw = () => {
    clear(place);
    const by = splits.includes(view.tailSplit) ? view.tailSplit : splits.includes('driver') ? 'driver' : splits[0];
    partsFigure(place, tail, period, rows.filter((r) => r.by === by).sort((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, TAIL_ROWS), by);
  };
  if (splits.length > 1) section.append(el('div', {class: 'controls'}, select(t('split'), splits.map((by) => [by, raised(both(SPLIT_NAMES[by]))]), splits.includes('driver') ? 'driver' : splits[0], (v) => { view.tailSplit = v; draw(); })));
  section.append(place);
  draw();
}

function partsFigure(parent, tail, period, parts, by) {
  figure(parent, {
    title: t('tail_parts') + comma() + both(period.name), unit: `${t('pp')}${semicolon()}${t('tail_whisker')}`, height: 66 + 24 * parts.length,
    describe: parts.slice(0, 3).map((r) => `${both(r.name)} ${number(r.change, 'pp')} ${error(r.se)}`).join('; '),
    option: (colours, host) => ({
      grid: {left: nameRoom(host) + 10, right: 56, top: 8, bottom: 44},
      tooltip: {...baseOption(colours).tooltip, trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {opacity: 0.08}}, formatter: (items) => { const r = parts[items[0].dataIndex]; return tip(both(r.name) + comma() + t('pp'), tailTip(r, 'pp')); }},
      xAxis: valueAxis(colours, t('pp'), {nameLocation: 'middle', nameGap: 28, nameTextStyle: {color: colours.soft, align: 'center'}}),
      yAxis: namesAxis(colours, parts.map((r) => both(r.name)), nameRoom(host)),
      series: [{type: 'bar', barWidth: '58%', data: parts.map((r) => r.change), emphasis: {disabled: true}, itemStyle: {color: (p) => parts[p.dataIndex].change < 0 ? colours.parts[3] : colours.parts[0]},
        markLine: zeroLine(colours, 'xAxis'), label: {show: true, position: 'right', color: colours.soft, fontSize: 11.5, textBorderColor: colours.paper, textBorderWidth: 3, formatter: (p) => number(p.value, 'pp').replace('-', '\u2212')}},
      // Lines by themselves do not widen an axis: invisible marks at their ends do.
      {type: 'scatter', silent: true, data: parts.flatMap((r, k) => [-2, 2].map((n) => [r.change + n * (r.se ?? 0), k])), symbolSize: 0.01, markLine: {silent: true, symbol: 'none', animation: false, label: {show: false}, lineStyle: {color: colours.ink, width: 1.4, type: 'solid'},
        data: parts.map((r, k) => [{coord: [r.change - 2 * (r.se ?? 0), k]}, {coord: [r.change + 2 * (r.se ?? 0), k]}])}}],
    }),
    table: {head: tailHead(t('part')), rows: parts.map((r) => [both(r.name), ...tailCells(r)])},
    source: sourceOf('tail.csv', `${tail.series}/${by}/*, ${period.id}`),
  });
}

/** Drivers, and the groups whose growth differs most, in the headline's period. */
function tailLevels(section, tail, period) {
  const rows = tail.rows.filter((r) => r.by === '' && r.period === period.number);
  const drivers = rows.filter((r) => r.series.startsWith('driver.'));
  const groups = rows.filter((r) => r.unit === 'pct' && !r.series.startsWith('driver.')).sort((a, b) => Math.abs(b.tail - b.mean) - Math.abs(a.tail - a.mean)).slice(0, TAIL_ROWS);
  const shown = [...drivers, ...groups];
  if (shown.length === 0) return;
  section.append(el('h3', {}, t('tail_levels') + comma() + both(period.name)), frame(tableOf(t('tail_levels_text'), {
    head: tailHead(t('series')), rows: shown.map((r) => [`${both(r.name)} (${unitName(r.unit)})`, ...tailCells(r)])})));
}
