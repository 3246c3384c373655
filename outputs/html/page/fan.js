// Fans: the forecast's distribution by period, with what has been observed before it.
const SHELVES = ['total', 'chain', 'product', 'market', 'imports', 'balance', 'drivers'];
const FREQUENCIES = ['M', 'Q', 'A'];
// A row of a fan: [period, 5%, 25%, 50%, 75%, 95%, mean, and the error of each].
const P05 = 1, P25 = 2, P50 = 3, P75 = 4, P95 = 5, MEAN = 6, SE = 6;

/** The periods of a frequency in which a series has a figure, and its rows by place. */
function fanRows(series, frequency, yearsBack) {
  const of = (rows) => rows.map((row) => ({period: PERIODS[row[0]], row})).filter((r) => r.period.frequency === frequency)
    .sort((a, b) => inOrder(a.period, b.period));
  const fan = of(series.fan);
  let past = of(series.past);
  if (fan.length > 0) past = past.filter((r) => r.period.last < fan[0].period.last && r.period.last >= fan[0].period.first - 12 * yearsBack);
  return {fan, past, periods: [...past, ...fan].map((r) => r.period)};
}
const fanFrequencies = (series) => FREQUENCIES.filter((f) => series.fan.some((row) => PERIODS[row[0]].frequency === f));

function fanOption(series, rows, colours, height) {
  const {fan, past, periods} = rows, unit = series.unit;
  const at = past.length;
  // The fan opens at the last figure observed.
  const joint = at > 0 ? [past[at - 1].row[1]] : [];
  const line = (column) => [...Array(Math.max(0, at - 1)).fill(null), ...joint, ...fan.map((r) => r.row[column])];
  const gap = (from, to) => {
    const low = line(from);
    return line(to).map((v, k) => v === null || low[k] === null ? null : v - low[k]);
  };
  const last = fan[fan.length - 1].row, known = [...past.map((r) => r.row[1]), ...fan.flatMap((r) => [r.row[P05], r.row[P95]])];
  const low = Math.min(...known, unit === 'pct' ? 0 : Infinity), span = Math.max(...known) - low;
  const [, ...room] = withRoom([P50, P95, P05, P75, P25].map((c) => last[c]), height < 300 ? 0.085 : 0.055, span);
  const free = Object.fromEntries(['95%', '5%', '75%', '25%'].map((name, k) => [name, room[k]]));
  const ends = (text) => ({show: typeof text !== 'string' || free[text], formatter: text, color: colours.soft, fontSize: 11, distance: 4});
  const band = (from, to, opacity, names) => [
    {type: 'line', stack: `${from}`, stackStrategy: 'all', data: line(from), symbol: 'none', silent: true, lineStyle: {opacity: 0},
      endLabel: ends(names[0])},
    {type: 'line', stack: `${from}`, stackStrategy: 'all', data: gap(from, to), symbol: 'none', silent: true, lineStyle: {opacity: 0},
      areaStyle: {color: colours.accent, opacity}, endLabel: ends(names[1])}];
  const isGrowth = unit === 'pct';
  return {
    grid: {left: 48, right: 44, top: 34, bottom: 28},
    tooltip: {...baseOption(colours).tooltip, trigger: 'axis', axisPointer: {lineStyle: {color: colours.soft}},
      formatter: (items) => fanTip(series, rows, items[0].dataIndex)},
    xAxis: periodAxis(colours, periods),
    yAxis: valueAxis(colours, unitName(unit), {scale: !isGrowth}),
    series: [
      ...band(P05, P95, 0.18, ['5%', '95%']),
      ...band(P25, P75, 0.3, ['25%', '75%']),
      {type: 'line', data: line(P50), symbol: periods.length - at < 4 ? 'circle' : 'none', symbolSize: 6, z: 4, silent: true,
        itemStyle: {color: colours.accent}, lineStyle: {color: colours.accent, width: 2.4},
        endLabel: {...ends((p) => number(p.value, unit).replace('-', '\u2212')), color: colours.accent, fontWeight: 600, fontSize: 12},
        markLine: isGrowth ? zeroLine(colours, 'yAxis') : undefined},
      {type: 'line', data: past.map((r) => r.row[1]), symbol: at < 9 ? 'circle' : 'none', symbolSize: 5, z: 5, silent: true,
        itemStyle: {color: colours.ink}, lineStyle: {color: colours.ink, width: 1.8},
        markLine: at === 0 ? undefined : {silent: true, symbol: 'none', animation: false, data: [{xAxis: at - 1}],
          lineStyle: {color: colours.soft, type: [3, 3], width: 1},
          label: {formatter: t('forecast') + ' \u2192', color: colours.soft, align: 'left', fontSize: 12, distance: 4}}},
    ],
  };
}

function fanTip(series, {fan, past}, index) {
  const unit = series.unit;
  if (index < past.length) return tip(both(past[index].period.name), [[t('actual'), quantity(past[index].row[1], unit)]]);
  const {period, row} = fan[index - past.length];
  const of = (name, column) => [name, number(row[column], unit), error(row[column + SE])];
  return tip(both(period.name) + comma() + unitName(unit), [of('95%', P95), of('75%', P75), of(t('median'), P50), of('25%', P25), of('5%', P05), of(t('mean'), MEAN)]);
}

function fanTable(series, {fan, past}) {
  const unit = series.unit, names = ['5%', '25%', t('median'), '75%', '95%', t('mean')];
  return {
    head: [t('period'), t('actual'), ...names.flatMap((n) => [n, t('error')])],
    rows: [...past.map((r) => Object.assign([r.period.id, number(r.row[1], unit), ...Array(12).fill('')], {past: true})),
      ...fan.map((r) => [r.period.id, '', ...[1, 2, 3, 4, 5, 6].flatMap((k) => [number(r.row[k], unit), error(r.row[k + SE])])])],
  };
}

/** A fan as a figure; `compact` for one of several. */
function fanFigure(parent, series, frequency, yearsBack, compact) {
  const rows = fanRows(series, frequency, yearsBack);
  if (rows.fan.length === 0) return parent.append(el('p', {}, t('not_stored')));
  const last = rows.fan[rows.fan.length - 1];
  const bare = both(series.measure) === both(series.subject) || ['drivers', 'balance'].includes(series.shelf);
  figure(parent, {
    title: both(series.subject),
    unit: `${bare ? '' : raised(both(series.measure)) + comma()}${unitName(series.unit)}${comma()}${t(frequency).toLowerCase()}`,
    describe: `${both(last.period.name)}: ${t('median')} ${quantity(last.row[P50], series.unit)} ${error(last.row[P50 + SE])}, ${t('interval90')} ${number(last.row[P05], series.unit)} .. ${number(last.row[P95], series.unit)}`,
    option: (colours, host) => fanOption(series, rows, colours, host.clientHeight),
    table: fanTable(series, rows),
    legend: compact ? null : (colours) => [[colours.ink, t('actual'), 'line'], [colours.accent, t('median'), 'line'],
      [mixed(colours.accent, colours.paper, 0.43), t('interval50')], [mixed(colours.accent, colours.paper, 0.18), t('interval90')]],
    source: sourceOf('summary.csv', series.id),
  });
}
/** A colour laid on another with some opacity; both as #rrggbb. */
function mixed(over, under, opacity) {
  const part = (colour, k) => parseInt(colour.slice(1 + 2 * k, 3 + 2 * k), 16);
  return `rgb(${[0, 1, 2].map((k) => Math.round(opacity * part(over, k) + (1 - opacity) * part(under, k))).join(',')})`;
}

function fanSection(section, run) {
  const controls = el('div', {class: 'controls'}), place = el('div');
  section.append(controls, place);
  const shelves = SHELVES.filter((s) => run.series.some((x) => x.shelf === s));
  const draw = () => {
    if (!shelves.includes(view.shelf)) view.shelf = shelves[0];
    const all = run.series.filter((s) => s.shelf === view.shelf);
    const subjects = [...new Map(all.map((s) => [s.id.slice(0, s.id.lastIndexOf('.')), both(s.subject)])).entries()];
    if (!subjects.some(([id]) => id === view.subject)) view.subject = subjects[0][0];
    const measures = all.filter((s) => s.id.slice(0, s.id.lastIndexOf('.')) === view.subject);
    const series = measures.find((s) => s.id.endsWith('.' + view.measure)) || measures.find((s) => s.id.endsWith('.yoy')) || measures[0];
    const frequencies = fanFrequencies(series);
    if (!frequencies.includes(view.frequency)) view.frequency = frequencies[0];
    clear(place);
    fanFigure(place, series, view.frequency, view.years);
    return {subjects, measures, series, frequencies};
  };
  const redraw = (focused) => {
    const {subjects, measures, series, frequencies} = draw();
    controls.replaceChildren(
      select(t('shelf'), shelves.map((s) => [s, t('shelf_' + s)]), view.shelf, (v) => { view.shelf = v; view.subject = null; redraw(0); }),
      ...(subjects.length > 1 ? [select(t('series'), subjects, view.subject, (v) => { view.subject = v; redraw(1); })] : []),
      ...(measures.length > 1 ? [select(t('measure'), measures.map((s) => [s.id.split('.').pop(), raised(both(s.measure))]), series.id.split('.').pop(), (v) => { view.measure = v; redraw(2); })] : []),
      select(t('history'), [1, 3, 6].map((y) => [y, y === 1 ? t('one_year') : joined(String(y), t('years'))]), view.years, (v) => { view.years = Number(v); redraw(3); }),
      choice(t('frequency'), frequencies.map((f) => [f, t(f)]), view.frequency, (v) => { view.frequency = v; clear(place); fanFigure(place, series, v, view.years); }));
    // The select that was changed keeps the focus, though it was made anew.
    if (focused !== undefined) {
      const names = [t('shelf'), t('series'), t('measure'), t('history')];
      [...controls.querySelectorAll('label')].find((l) => l.firstChild.textContent === names[focused])?.querySelector('select').focus();
    }
  };
  redraw();
}

function driversSection(section, run) {
  const drivers = run.series.filter((s) => s.shelf === 'drivers');
  const grid = el('div', {class: 'small'});
  section.append(grid);
  for (const series of drivers) {
    const frequencies = fanFrequencies(series);
    // Capital spending is reported by quarter: its history has no months.
    const frequency = frequencies.includes('M') && !series.id.startsWith('driver.capex') ? 'M' : frequencies.includes('Q') ? 'Q' : frequencies[0];
    fanFigure(grid, series, frequency, 3, true);
  }
}
