// The probability of thresholds by period, and the mean of the worst paths. A row: [period, probability, error].
function chancesSection(section, run) {
  const events = run.chances.filter((c) => c.event !== 'es_low');
  const subjects = [...new Map(events.map((c) => [c.series, both(c.subject)])).entries()];
  const controls = el('div', {class: 'controls'}), place = el('div');
  section.append(controls, place);
  const draw = () => {
    if (!subjects.some(([id]) => id === view.chance)) view.chance = subjects[0][0];
    const shown = events.filter((c) => c.series === view.chance);
    const frequencies = FREQUENCIES.filter((f) => shown.some((c) => c.rows.some((r) => PERIODS[r[0]].frequency === f)));
    if (!frequencies.includes(view.chanceFrequency)) view.chanceFrequency = frequencies[0];
    clear(place);
    chanceFigure(place, run, shown, view.chanceFrequency);
    const worst = run.chances.filter((c) => c.event === 'es_low' && c.series === view.chance);
    if (worst.length > 0) worstTable(place, worst);
    return frequencies;
  };
  const frequencies = draw();
  controls.append(
    select(t('series'), subjects, view.chance, (v) => { view.chance = v; draw(); }),
    choice(t('frequency'), frequencies.map((f) => [f, t(f)]), view.chanceFrequency, (v) => { view.chanceFrequency = v; draw(); }));
}

function chanceFigure(parent, run, events, frequency) {
  const paths = run.facts.paths;
  const periods = [...new Set(events.flatMap((c) => c.rows.map((r) => r[0])))].map((n) => PERIODS[n]).filter((p) => p.frequency === frequency).sort(inOrder);
  const row = (event, period) => event.rows.find((r) => r[0] === period.number);
  const of = (event, f) => periods.map((p) => { const r = row(event, p); return r && r[1] !== null ? f(r) : null; });
  figure(parent, {
    title: both(events[0].subject), unit: t('chance_axis'),
    describe: events.map((e) => { const p = periods[periods.length - 1], r = row(e, p); return r ? `${both(p.name)}, ${both(e.name)}: ${chance(r[1], paths)} ${chanceError(r[1], r[2])}` : ''; }).join('; '),
    legend: (colours) => events.map((e, k) => [colours.parts[k % 7], both(e.name), 'line']),
    option: (colours) => ({
      grid: {left: 48, right: 76, top: 34, bottom: 28},
      tooltip: {...baseOption(colours).tooltip, trigger: 'axis', formatter: (items) => {
        const p = periods[items[0].dataIndex];
        return tip(both(p.name), events.map((e) => { const r = row(e, p); return r ? [both(e.name), chance(r[1], paths), chanceError(r[1], r[2])] : [both(e.name), NO_NUMBER, '']; }));
      }},
      xAxis: periodAxis(colours, periods, {boundaryGap: periods.length < 4}),
      yAxis: valueAxis(colours, t('chance_axis'), {min: 0, max: (v) => v.max > 50 ? 100 : Math.max(10, Math.ceil(v.max / 10) * 10), nameTextStyle: {color: colours.soft, align: 'left', padding: [0, 0, 0, -34]}}),
      series: events.flatMap((e, k) => [
        {type: 'line', stack: `se${k}`, data: of(e, (r) => 100 * Math.max(0, r[1] - 2 * (r[2] ?? 0))), symbol: 'none', silent: true, lineStyle: {opacity: 0}},
        {type: 'line', stack: `se${k}`, data: of(e, (r) => 100 * (Math.min(1, r[1] + 2 * (r[2] ?? 0)) - Math.max(0, r[1] - 2 * (r[2] ?? 0)))), symbol: 'none', silent: true, lineStyle: {opacity: 0}, areaStyle: {color: colours.parts[k % 7], opacity: 0.28}},
        {type: 'line', data: of(e, (r) => 100 * r[1]), symbol: 'circle', symbolSize: periods.length > 12 ? 4 : 7, silent: true, z: 4,
          itemStyle: {color: colours.parts[k % 7]}, lineStyle: {color: colours.parts[k % 7], width: 2},
          endLabel: {show: true, formatter: both(e.name), color: colours.ink, fontSize: 12, width: 70, overflow: 'break'}, labelLayout: {moveOverlap: 'shiftY'}}]),
    }),
    table: {head: [t('period'), ...events.flatMap((e) => [both(e.name), t('error')])],
      rows: periods.map((p) => [p.id, ...events.flatMap((e) => { const r = row(e, p); return r ? [chance(r[1], paths), chanceError(r[1], r[2])] : ['', '']; })])},
    source: sourceOf('probabilities.csv', events[0].series),
  });
}

function worstTable(parent, worst) {
  const periods = [...new Set(worst.flatMap((c) => c.rows.map((r) => r[0])))].map((n) => PERIODS[n]).filter((p) => p.frequency === 'A').sort(inOrder);
  if (periods.length === 0) return;
  parent.append(el('h3', {}, t('worst_mean')), frame(tableOf(`${both(worst[0].subject)}, %`, {
    head: [t('period'), ...worst.flatMap((w) => [both(w.name), t('error')])],
    rows: periods.map((p) => [p.id, ...worst.flatMap((w) => { const r = w.rows.find((x) => x[0] === p.number); return r ? [number(r[1], 'pct'), error(r[2])] : ['', '']; })]),
  })));
}
