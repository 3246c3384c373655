// Assumptions, Monte Carlo error and provenance.
function assumptionsSection(section, run) {
  if (run.assumptions.length === 0) return section.append(el('p', {}, t('assumptions_none')));
  section.append(frame(tableOf(t('assumptions_title'), {wrap: true, head: [t('field'), t('here'), t('in_base'), t('origin')],
    rows: run.assumptions.map((a) => [el('code', {}, a.path), a.here || '\u2013', a.base || '\u2013', a.origin])})));
}

function pairs(rows) {
  return el('dl', {class: 'pairs'}, rows.filter(([, value]) => value !== undefined && value !== '').flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

function factsSection(section, run) {
  const f = run.facts;
  if (f.paths < f.paths_requested) section.append(el('p', {class: 'note'}, t('stopped')));
  if (f.old) section.append(el('p', {class: 'note'}, t('old')));
  section.append(el('h3', {}, t('headline_errors')), headlineErrors(run));
  if (run.gains) section.append(gainsTable(run.gains));
  for (const a of run.accuracy || [])
    section.append(el('p', {}, `${t('accuracy')}: `, el('code', {}, a.target), ` ${t('asked')} ${a.asked}, ${error(a.se)}, ${t(a.se <= a.asked ? 'reached' : 'not_reached')}`));
  const code = (text) => el('code', {}, text);
  section.append(el('h3', {}, t('source')), pairs([
    [t('scenario'), run.name],
    [t('paths'), grouped(f.paths) + (f.paths < f.paths_requested ? ` ${t('of')} ${grouped(f.paths_requested)}` : '')],
    [t('seed'), f.seed], [t('sampling'), f.sampling],
    [t('unsolved'), f.unsolved > 0 ? grouped(f.unsolved) : ''],
    [t('effective'), run.evidence === undefined ? '' : grouped(run.evidence)],
    [t('pins'), run.pins ? `${run.pins[0]} ${t('driver_months')}; ${t('pins_text')} ${fixed(100 * run.pins[2], 1)}%` : ''],
    [t('calibration'), f.calibration + semicolon() + t('data_to') + ' ' + f.as_of + comma() + t('known_on') + ' ' + f.known_on],
    [t('age'), f.age_days === null ? '' : joined(String(f.age_days), t('days_old'))],
    [t('validation'), run.validation ? validationText(run.validation) : ''],
    [t('calibration_hash'), code(f.calibration_sha256)], [t('scenario_hash'), code(f.run_hash)], [t('digest'), code(f.digest)],
    [t('version'), [`plimsoll ${f.version}`, `${t('engine')} ${f.engine}`, `${t('compiler')} ${f.compiler}`, 'manifest.json'].join(comma())]]));
  if (run.spread.length > 0) {
    section.append(el('h3', {}, t('spread_title')), frame(tableOf(t('spread_title'), {
      head: [t('period'), t('spread_run'), t('error'), t('spread_past'), t('spread_count')],
      rows: run.spread.map((r) => [PERIODS[r[0]].id, fixed(r[1], 1), error(r[5]), fixed(r[2], 1), String(r[3])])})));
  }
}

/** How the last forecast that was scored did. */
function validationText(v) {
  const range = from_to(number(v.p05, 'pct') + '%', number(v.p95, 'pct') + '%');
  return lang === 'zh' ? `${v.scenario}（校准${v.calibration}）：${v.period}实际同比${number(v.came, 'pct')}%，预测均值${number(v.mean, 'pct')}%（5%—95%分位：${range}）；${v.page}`
    : `${v.scenario} (calibration ${v.calibration}): ${v.period} came at ${number(v.came, 'pct')}%, the forecast's mean was ${number(v.mean, 'pct')}% (5-95%: ${range}); ${v.page}`;
}

function headlineErrors(run) {
  const rows = yearsOf(run).map(({period, row}) => [period.id, ...[[MEAN], [P05], [P50], [P95]].flatMap(([c]) => [number(row[c], 'pct'), error(row[c + SE])])]);
  return frame(tableOf(t('growth_in') + comma() + '%', {head: [t('period'), t('mean'), t('error'), '5%', t('error'), t('median'), t('error'), '95%', t('error')], rows}));
}

function gainsTable(gains) {
  const p = PERIODS.find((x) => x.id === gains.period);
  const name = (q) => q === 0 ? t('mean') : q === 0.5 ? t('median') : lang === 'zh' ? `${Math.round(100 * q)}%分位数` : `${Math.round(100 * q)}% quantile`;
  return el('div', {}, el('p', {}, lang === 'zh'
    ? `${t('explained')}${p ? both(p.name) : gains.period}同比方差的${fixed(100 * gains.explained, 1)}%（${error(100 * gains.explained_se)}个百分点），共${gains.dimensions}维。`
    : `${t('explained')} ${fixed(100 * gains.explained, 1)}% (${error(100 * gains.explained_se)} pp) ${t('of_variance')} ${p ? both(p.name) : gains.period}, in ${gains.dimensions} dimensions.`),
  frame(tableOf(t('worth'), {head: [t('statistic'), t('worth'), t('largest_worth')],
    rows: gains.gains.map((g) => [name(g[0]), fixed(g[1], 1), g[2] ? fixed(g[2], 1) : ''])})));
}
