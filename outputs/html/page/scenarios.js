// Several scenarios side by side: intervals of one period, and medians over time.
function scenarioRows(period) {
  return DATA.runs.map((run, k) => {
    const series = run.series.find((s) => s.id === 'exports.total.yoy');
    return {name: run.name, run: k, row: series?.fan.find((row) => row[0] === period.number)};
  }).filter((r) => r.row);
}

/** The last year that most scenarios forecast. */
function commonPeriod(growth, periods) {
  const count = (p) => growth.filter((s) => s.fan.some((r) => r[0] === p.number)).length;
  const years = periods.filter((p) => p.frequency === 'A'), pool = years.length > 0 ? years : periods;
  const most = Math.max(...pool.map(count));
  return pool.filter((p) => count(p) === most).pop();
}

function scenariosSection(section) {
  const growth = DATA.runs.map((r) => r.series.find((s) => s.id === 'exports.total.yoy')).filter(Boolean);
  if (growth.length === 0) return section.append(el('p', {}, t('not_stored')));
  const periods = [...new Set(growth.flatMap((s) => s.fan.map((r) => r[0])))].map((n) => PERIODS[n]).sort((a, b) => FREQUENCIES.indexOf(b.frequency) - FREQUENCIES.indexOf(a.frequency) || inOrder(a, b));
  if (!periods.some((p) => p.number === view.runsPeriod)) view.runsPeriod = commonPeriod(growth, periods).number;
  const controls = el('div', {class: 'controls'}), dots = el('div'), lines = el('div');
  section.append(controls, dots, lines);
  const draw = () => { clear(dots); dotsFigure(dots, PERIODS[view.runsPeriod]); };
  controls.append(select(t('period'), periods.map((p) => [p.number, both(p.name)]), view.runsPeriod, (v) => { view.runsPeriod = Number(v); draw(); }));
  draw();
  mediansFigure(lines);
}

function dotsFigure(parent, period) {
  const rows = scenarioRows(period).sort((a, b) => b.row[P50] - a.row[P50]);
  const span = (from, to, wide) => ({silent: true, symbol: 'none', animation: false, label: {show: false}, lineStyle: {width: wide, type: 'solid'},
    data: rows.map((r, k) => [{coord: [r.row[from], k]}, {coord: [r.row[to], k]}])});
  const text = (r, column) => `${number(r.row[column], 'pct')}`;
  figure(parent, {
    title: `${t('runs_dots')}${comma()}${both(period.name)}`, unit: `%${semicolon()}${t('runs_dots_text')}`, height: 70 + 26 * rows.length,
    describe: rows.map((r) => `${r.name} ${text(r, P50)}% ${error(r.row[P50 + SE])}`).join('; '),
    option: (colours, host) => ({
      grid: {left: nameRoom(host) + 10, right: 56, top: 8, bottom: 44},
      tooltip: {...baseOption(colours).tooltip, trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {opacity: 0.08}}, formatter: (items) => {
        const r = rows[items[0].dataIndex];
        return tip(r.name, [['95%', P95], ['75%', P75], [t('median'), P50], ['25%', P25], ['5%', P05]].map(([n, c]) => [n, text(r, c), error(r.row[c + SE])]));
      }},
      xAxis: valueAxis(colours, t('growth_in') + ', %', {nameLocation: 'middle', nameGap: 28, nameTextStyle: {color: colours.soft, align: 'center'}}),
      yAxis: namesAxis(colours, rows.map((r) => r.name), nameRoom(host)),
      series: [
        {type: 'bar', data: rows.map(() => 0), silent: true, itemStyle: {opacity: 0}, markLine: zeroLine(colours, 'xAxis')},
        {type: 'scatter', silent: true, data: rows.map((r, k) => [r.row[P05], k]), symbolSize: 0.01, markLine: {...span(P05, P95, 1.5), lineStyle: {width: 1.5, type: 'solid', color: colours.accent}}},
        {type: 'scatter', silent: true, data: rows.map((r, k) => [r.row[P95], k]), symbolSize: 0.01, markLine: {...span(P25, P75, 6), lineStyle: {width: 6, type: 'solid', color: colours.accent, opacity: 0.45}},
          label: {show: true, position: 'right', distance: 6, color: colours.soft, fontSize: 11.5, formatter: (p) => text(rows[p.dataIndex], P50).replace('-', '\u2212')}},
        {type: 'scatter', data: rows.map((r, k) => [r.row[P50], k]), silent: true, symbolSize: 10, z: 6, itemStyle: {color: colours.accent, borderColor: colours.paper, borderWidth: 1.5}}],
    }),
    table: {head: [t('scenario'), '5%', t('error'), '25%', t('error'), t('median'), t('error'), '75%', t('error'), '95%', t('error')],
      rows: rows.map((r) => [r.name, ...[P05, P25, P50, P75, P95].flatMap((c) => [number(r.row[c], 'pct'), error(r.row[c + SE])])])},
    source: sourceOf('summary.csv', 'exports.total.yoy', true),
  });
}

const middle = (values) => { const v = values.filter((x) => x !== null).sort((a, b) => a - b); return v[Math.floor(v.length / 2)] ?? 0; };

function mediansFigure(parent) {
  const frequency = ['Q', 'M', 'A'].find((f) => DATA.runs.some((r) => r.series.some((s) => s.id === 'exports.total.yoy' && s.fan.some((row) => PERIODS[row[0]].frequency === f))));
  const runs = DATA.runs.map((r, k) => ({name: r.name, number: k, rows: fanRows(r.series.find((s) => s.id === 'exports.total.yoy') || {fan: [], past: []}, frequency, 2)})).filter((r) => r.rows.fan.length > 0);
  const forecasts = (p) => runs.filter((r) => r.rows.fan.some((x) => x.period === p)).length;
  // Where only one scenario goes on there is nothing to compare.
  const periods = [...new Map(runs.flatMap((r) => r.rows.periods).map((p) => [p.number, p])).values()].sort(inOrder).filter((p) => forecasts(p) !== 1);
  const median = (r, p) => r.rows.fan.find((x) => x.period === p)?.row ?? null;
  const past = runs[0].rows.past;
  const finals = runs.map((r) => median(r, periods[periods.length - 1])?.[P50] ?? null);
  const order = runs.map((r, k) => k).sort((a, b) => (runs[b].number === view.run) - (runs[a].number === view.run) || Math.abs((finals[b] ?? 0) - middle(finals)) - Math.abs((finals[a] ?? 0) - middle(finals)));
  const known = runs.flatMap((r) => r.rows.fan.map((x) => x.row[P50]));
  const free = withRoom(order.map((k) => finals[k]), 0.055, Math.max(...known) - Math.min(...known, 0));
  const labelled = new Set(order.filter((k, n) => free[n]));
  figure(parent, {
    title: t('runs_lines'), unit: `${t('growth_in')}${comma()}%${semicolon()}${t('runs_lines_text')}`,
    describe: runs.map((r) => r.name).join(', '),
    option: (colours, host) => ({
      grid: {left: 48, right: host.clientWidth < 500 ? 96 : 150, top: 34, bottom: 28},
      tooltip: {...baseOption(colours).tooltip, trigger: 'axis', formatter: (items) => {
        const p = periods[items[0].dataIndex], known = past.find((x) => x.period === p);
        const rows = runs.map((r) => ({name: r.name, row: median(r, p)})).filter((x) => x.row).sort((a, b) => b.row[P50] - a.row[P50]);
        return tip(`${both(p.name)}, %`, rows.length > 0 ? rows.map((x) => [x.name, number(x.row[P50], 'pct'), error(x.row[P50 + SE])]) : known ? [[t('actual'), number(known.row[1], 'pct')]] : []);
      }},
      xAxis: periodAxis(colours, periods), yAxis: valueAxis(colours, '%'),
      series: [...runs.map((r, n) => {
        const chosen = r.number === view.run;
        return {type: 'line', symbol: 'none', silent: true, z: chosen ? 5 : 3, data: periods.map((p, k) => median(r, p)?.[P50] ?? (past[past.length - 1]?.period === p && k < periods.length ? past[past.length - 1].row[1] : null)),
          lineStyle: {color: chosen ? colours.accent : colours.parts[7], width: chosen ? 2.6 : 1.2},
          endLabel: {show: labelled.has(n), formatter: r.name, color: chosen ? colours.accent : colours.soft, fontSize: 11, width: 140, overflow: 'truncate'}};
      }), {type: 'line', symbol: 'none', silent: true, z: 6, data: periods.map((p) => past.find((x) => x.period === p)?.row[1] ?? null), lineStyle: {color: colours.ink, width: 1.8}, markLine: zeroLine(colours, 'yAxis')}],
    }),
    table: {head: [t('period'), ...runs.flatMap((r) => [r.name, t('error')])],
      rows: periods.map((p) => [p.id, ...runs.flatMap((r) => { const row = median(r, p); return row ? [number(row[P50], 'pct'), error(row[P50 + SE])] : ['', '']; })])},
    source: sourceOf('summary.csv', 'exports.total.yoy', true),
  });
}
