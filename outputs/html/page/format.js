// Numbers and periods as people read them. The same rules as in the program's own tables (outputs/number_format.cpp).
const DECIMALS = {pct: 1, pp: 2, usd_bn: 1, index: 1, usd_per_bbl: 1, cny_per_usd: 3};
const NO_NUMBER = 'n/a';

function fixed(value, decimals) {
  if (value === null || value === undefined || !isFinite(value)) return NO_NUMBER;
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}
const signed = (value, decimals) => {
  const text = fixed(value, decimals);
  return text === NO_NUMBER || text.startsWith('-') ? text : '+' + text;
};
const grouped = (value) => String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** A figure by its unit: growth and contributions with their sign; large values without decimals. */
function number(value, unit) {
  if (value === null || value === undefined) return NO_NUMBER;
  if (unit === 'pct' || unit === 'pp') return signed(value, DECIMALS[unit]);
  if (unit === 'usd_bn' && Math.abs(value) >= 100) return grouped(value);
  return fixed(value, DECIMALS[unit] ?? 2);
}
/** With its unit: `+21.2%`, `4,569 USD bn`. */
function quantity(value, unit) {
  if (unit === 'pct') return number(value, unit) + '%';
  return joined(number(value, unit), UNITS[unit] ? both(UNITS[unit]) : unit);
}
/** A Monte Carlo error: one significant digit below 0.1. */
function error(se) {
  if (se === null || se === undefined) return NO_NUMBER;
  let decimals = 1;
  while (decimals < 4 && se > 0 && se * 10 ** decimals < 0.95) ++decimals;
  return '±' + se.toFixed(decimals);
}
/** A probability in percent; what no path, or every path, does is known to 3/paths only. */
function chance(probability, paths) {
  if (probability === null || probability === undefined) return NO_NUMBER;
  const pct = 100 * probability, unseen = paths > 0 ? 300 / paths : 0;
  const alike = probability === 0 || probability === 1;
  if (alike && unseen > 50) return NO_NUMBER;
  if (alike && unseen > 0.1) return joined(...(pct < 50 ? [t('below'), fixed(unseen, 1)] : [t('above'), fixed(100 - unseen, 1)])) + '%';
  if (pct < 0.05) return joined(t('below'), '0.1%');
  if (pct > 99.95) return joined(t('above'), '99.9%');
  return fixed(pct, pct < 9.95 || pct > 90.05 ? 1 : 0) + '%';
}
const chanceError = (probability, se) => probability === 0 || probability === 1 ? '' : error(100 * se);

const UNITS = {pct: ['%', '%'], pp: ['pp', '百分点'], usd_bn: ['USD bn', '十亿美元'], index: ['index', '指数'],
  usd_per_bbl: ['USD per barrel', '美元/桶'], cny_per_usd: ['CNY per USD', '元/美元']};
const unitName = (unit) => UNITS[unit] ? both(UNITS[unit]) : unit;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A period of the data: {id, frequency, first, last, name}. */
function asPeriod(row, number) {
  return {number, id: row[0], frequency: row[1], first: row[2], last: row[3], name: [row[4], row[5]]};
}
/** Short, for an axis: `Jul 26`, `26年7月`; `Jan-Feb`; `Q3 26`; `2026`. */
function shortPeriod(period) {
  const year = Math.floor(period.last / 12), month = period.last % 12, first = period.first % 12;
  const yy = String(year).slice(2);
  if (period.frequency === 'A') return String(year);
  if (period.frequency === 'Q') return lang === 'zh' ? `${yy}年${(month + 1) / 3}季` : `Q${(month + 1) / 3} ${yy}`;
  if (lang === 'zh') return `${yy}年${first === month ? month + 1 : `${first + 1}—${month + 1}`}月`;
  return `${first === month ? MONTHS[month] : `${MONTHS[first]}-${MONTHS[month]}`} ${yy}`;
}
const raised = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const inOrder = (a, b) => a.last - b.last || a.first - b.first;

/** Text as HTML. */
const escaped = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** An element with attributes and children (elements or text). */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== ''));
  return element;
}
