// A figure: title, chart, source line, and its data as a table behind a button. Drawn again when language, theme or
// width change; as SVG, so that it prints sharp.
const drawn = [];  // figures on the page: {chart, option, host}

/** Colours of the theme, and of parts (Okabe and Ito's, without yellow). */
function palette() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  const dark = document.documentElement.dataset.theme === 'dark';
  return {
    ink: get('--ink'), soft: get('--soft'), line: get('--line'), accent: get('--accent'), paper: get('--paper'),
    parts: dark ? ['#4da3e8', '#e6a020', '#2fb58c', '#ea7a45', '#d98cb8', '#8fcdf0', '#b39a6b', '#7d8894']
      : ['#0f6ab4', '#e09a10', '#0a8f6a', '#c9530a', '#b8648f', '#5eb4e6', '#8c7440', '#98a1ab'],
  };
}

/** What all charts share. */
function baseOption(colours) {
  return {
    animation: false,
    textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: colours.ink},
    tooltip: {
      confine: true, backgroundColor: colours.paper, borderColor: colours.line, borderWidth: 1, padding: [6, 10],
      textStyle: {color: colours.ink, fontSize: 13}, transitionDuration: 0, extraCssText: 'box-shadow:0 1px 6px rgba(0,0,0,.15)',
    },
  };
}
function valueAxis(colours, name, more) {
  return {
    type: 'value', name, nameTextStyle: {color: colours.soft, align: 'left', padding: [0, 0, 0, -34]}, nameGap: 14,
    axisLine: {show: false}, axisTick: {show: false}, splitLine: {lineStyle: {color: colours.line}},
    axisLabel: {color: colours.soft, formatter: (v) => axisNumber(v)}, ...more,
  };
}
const axisNumber = (v) => (Math.abs(v) >= 1000 ? grouped(v) : String(Number(v.toPrecision(6)))).replace('-', '\u2212');
function periodAxis(colours, periods, more) {
  return {
    type: 'category', data: periods.map(shortPeriod), boundaryGap: false, axisLine: {lineStyle: {color: colours.ink}},
    axisTick: {show: false}, axisLabel: {color: colours.soft, hideOverlap: true, fontSize: 12}, ...more,
  };
}
function namesAxis(colours, names, width) {
  return {
    type: 'category', data: names, inverse: true, axisLine: {show: false}, axisTick: {show: false},
    axisLabel: {color: colours.ink, width, overflow: 'truncate', fontSize: 12.5, interval: 0},
  };
}
/** Room for names beside horizontal bars. */
const nameRoom = (host) => Math.min(230, Math.max(96, Math.round(host.clientWidth * 0.32)));
const zeroLine = (colours, axis) => ({
  silent: true, symbol: 'none', label: {show: false}, animation: false, lineStyle: {color: colours.ink, type: 'solid', width: 1},
  data: [{[axis]: 0}],
});

/** Which labels at the end of lines have room: `values` by weight, the first always; a label takes `room` of the span. */
function withRoom(values, room, span) {
  const kept = [];
  return values.map((value) => {
    const free = value !== null && kept.every((other) => Math.abs(other - value) >= room * span);
    if (free) kept.push(value);
    return free;
  });
}

/** Rows of a tooltip: [name, figure, error]. */
function tip(title, rows) {
  const cells = (row) => `<tr><th>${escaped(row[0])}</th><td>${escaped(row[1])}</td><td>${escaped(row[2] ?? '')}</td></tr>`;
  return `<div class="tip"><strong>${escaped(title)}</strong><table>${rows.map(cells).join('')}</table></div>`;
}

/**
 * A figure in `parent`. `spec`: {title, unit, option(colours, host), table: {head, rows}, source, legend, describe, height}.
 * \returns the element
 */
function figure(parent, spec) {
  const host = el('div', {class: 'chart', role: 'img', 'aria-label': `${spec.title}. ${spec.describe || ''}`});
  if (spec.height) host.style.height = `${spec.height}px`;
  const table = el('div', {class: 'scroll', hidden: true, tabindex: '0', role: 'region', 'aria-label': spec.title});
  const id = `table-${++figure.count}`;
  table.id = id;
  const fill = () => { if (!table.firstChild) table.append(tableOf(spec.title, spec.table)); };
  const button = el('button', {type: 'button', 'aria-expanded': 'false', 'aria-controls': id, 'aria-label': joined(t('show_table') + colon(), spec.title), onclick: () => {
    fill();
    table.hidden = !table.hidden;
    button.setAttribute('aria-expanded', String(!table.hidden));
    button.textContent = t(table.hidden ? 'show_table' : 'hide_table');
    button.setAttribute('aria-label', joined(button.textContent + colon(), spec.title));
  }}, t('show_table'));
  const legend = () => spec.legend ? el('ul', {class: 'legend'}, spec.legend(palette()).map(([colour, name, kind]) => {
    const mark = el('i', {class: kind || ''});
    mark.style.background = colour;
    return el('li', {}, mark, name);
  })) : null;
  let shown = legend();
  const root = el('figure', {}, el('figcaption', {}, spec.title, el('small', {}, spec.unit)), shown, host,
    el('div', {class: 'below'}, el('p', {class: 'source'}, ...spec.source), button), table);
  parent.append(root);
  const chart = echarts.init(host, null, {renderer: 'svg'});
  const entry = {chart, host, table, fill, height: spec.height, draw: () => {
    const colours = palette();
    chart.setOption({...baseOption(colours), ...spec.option(colours, host)}, {notMerge: true});
    if (shown) { const now = legend(); shown.replaceWith(now); shown = now; }
  }};
  entry.draw();
  drawn.push(entry);
  return root;
}
figure.count = 0;

/** A table: {head: [..], rows: [[..]]}; the first column names the row; heads that begin with ± are errors; rows of the past are not printed. */
function tableOf(caption, {head, rows, wrap}) {
  const isError = head.map((h) => h.startsWith('±'));
  return el('table', {class: wrap ? 'wrap' : null}, el('caption', {}, caption),
    el('thead', {}, el('tr', {}, head.map((h) => el('th', {scope: 'col'}, h)))),
    el('tbody', {}, rows.map((row) => el('tr', {class: row.past ? 'past' : null}, row.map((cell, k) =>
      k === 0 ? el('th', {scope: 'row'}, cell) : el('td', {class: isError[k] ? 'error' : wrap ? 'text' : null}, cell))))));
}

/** A table that may be wider than the page: the keyboard can scroll it. */
const frame = (table) => el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': table.caption.textContent}, table);

/** Forgets the charts inside an element that is emptied. */
function clear(parent) {
  for (let k = drawn.length; k-- > 0;) {
    if (parent.contains(drawn[k].host)) drawn.splice(k, 1)[0].chart.dispose();
  }
  parent.replaceChildren();
}

/** A labelled select; `options`: [[value, text]]. */
function select(label, options, value, onchange) {
  const input = el('select', {onchange: () => onchange(input.value)},
    options.map(([v, text]) => el('option', {value: v, selected: String(v) === String(value)}, text)));
  return el('label', {}, label, input);
}
/** Buttons of which one is pressed. */
function choice(label, options, value, onchange) {
  const group = el('div', {class: 'choice', role: 'group', 'aria-label': label}, options.map(([v, text, more]) =>
    el('button', {type: 'button', 'aria-pressed': String(v === value), ...more, onclick: (event) => {
      for (const button of group.children) button.setAttribute('aria-pressed', String(button === event.currentTarget));
      onchange(v);
    }}, text)));
  return group;
}

let printing = false;
function fit() {
  for (const {chart, host, draw} of drawn) {
    chart.resize({width: host.clientWidth, height: host.clientHeight});
    draw();
  }
}
