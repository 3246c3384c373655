// What the worst paths look like: means of contributions and drivers over them, beside those over all paths.
function tailSection(section, run) {
  const tail = run.tail, period = PERIODS[tail.period];
  section.append(el('p', {}, `${joined(t('tail_share'), fixed(100 * tail.share, 0) + '%', t('tail_of'))} ${both(tail.subject)}, ${both(period.name)}, ${joined(t('tail_edge'), quantity(tail.edge, 'pct'))}.`));
  const parts = tail.rows.filter((r) => r.by !== '').map((r) => ({...r, change: r.tail - r.mean})).filter((r) => r.change !== 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, 16);
  const cells = (r) => [number(r.mean, r.unit), number(r.tail, r.unit), error(r.se), number(r.tail - r.mean, r.unit === 'pct' ? 'pp' : r.unit)];
  const head = (first) => [first, t('all_paths'), t('worst_paths'), t('error'), t('difference')];
  if (parts.length > 0) {
    figure(section, {
      title: t('tail_parts'), unit: t('pp'), height: 66 + 24 * parts.length,
      describe: parts.slice(0, 3).map((r) => `${both(r.name)} ${number(r.change, 'pp')} ${error(r.se)}`).join('; '),
      option: (colours, host) => ({
        grid: {left: nameRoom(host) + 10, right: 56, top: 8, bottom: 44},
        tooltip: {...baseOption(colours).tooltip, trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {opacity: 0.08}}, formatter: (items) => {
          const r = parts[items[0].dataIndex];
          return tip(both(r.name), [[t('all_paths'), number(r.mean, 'pp')], [t('worst_paths'), number(r.tail, 'pp'), error(r.se)], [t('difference'), number(r.change, 'pp')]]);
        }},
        xAxis: valueAxis(colours, t('pp'), {nameLocation: 'middle', nameGap: 28, nameTextStyle: {color: colours.soft, align: 'center'}}),
        yAxis: namesAxis(colours, parts.map((r) => both(r.name)), nameRoom(host)),
        series: [{type: 'bar', barWidth: '58%', data: parts.map((r) => r.change), emphasis: {disabled: true}, itemStyle: {color: (p) => parts[p.dataIndex].change < 0 ? colours.parts[3] : colours.parts[0]},
          markLine: zeroLine(colours, 'xAxis')},
        {type: 'scatter', silent: true, data: [], markLine: {silent: true, symbol: 'none', animation: false, label: {show: false}, lineStyle: {color: colours.ink, width: 1.4, type: 'solid'},
          data: parts.map((r, k) => [{coord: [r.change - 2 * (r.se ?? 0), k]}, {coord: [r.change + 2 * (r.se ?? 0), k]}])}}],
      }),
      table: {head: head(t('part')), rows: parts.map((r) => [both(r.name), ...cells(r)])},
      source: sourceOf('tail.csv', tail.series),
    });
  }
  const levels = tail.rows.filter((r) => r.by === '');
  if (levels.length > 0) {
    section.append(el('h3', {}, t('tail_levels')), el('div', {class: 'scroll'}, tableOf(t('tail_levels'), {
      head: [t('series'), t('period'), ...head('').slice(1)],
      rows: levels.map((r) => [`${both(r.name)} (${unitName(r.unit)})`, PERIODS[r.period].id, ...cells(r)]),
    })));
  }
}
