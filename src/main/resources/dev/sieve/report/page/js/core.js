'use strict';
/** All of the page's own scripts share this one name. Text reaches the page by textContent alone. */
const sieve = {};

(function (S) {
  /** What a reader has chosen; it outlives new data. */
  S.state = {
    figure: 'accuracy', sets: { train: false, validation: true, test: false }, shown: 'best', chosen: new Set(),
    heat: true, phase: '', status: '', text: '', sort: 'validationAccuracy', descending: true, all: false, brushed: null, other: ''
  };

  /** An element: attributes by name, `on…` as listeners, children as nodes or texts. */
  S.el = function (tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
      else if (name in { checked: 1, selected: 1, hidden: 1, disabled: 1 }) element[name] = value;
      else if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    for (const child of children.flat()) {
      if (child !== null && child !== undefined) element.append(child);
    }
    return element;
  };

  S.none = '–';
  const isNumber = v => typeof v === 'number' && Number.isFinite(v);
  S.isNumber = isNumber;

  /** Significant digits, large and small ones with an exponent: 0.003162, 1e-5. */
  S.brief = function (v, digits = 4) {
    if (!isNumber(v)) return v === null || v === undefined ? S.none : String(v);
    if (v === 0) return '0';
    const magnitude = Math.floor(Math.log10(Math.abs(v)));
    const rounded = Number(v.toPrecision(digits));
    return magnitude >= -4 && magnitude < 7 ? String(rounded) : rounded.toExponential().replace('e+', 'e');
  };
  S.percent = (v, digits = 2) => (isNumber(v) ? (100 * v).toFixed(digits) + ' %' : S.none);
  S.fixed = (v, digits = 4) => (isNumber(v) ? v.toFixed(digits) : S.none);
  S.seconds = function (v) {
    if (!isNumber(v)) return S.none;
    if (v < 60) return v.toFixed(v < 10 ? 1 : 0) + ' s';
    const minutes = Math.round(v / 60);
    return v < 3600 ? Math.floor(v / 60) + ' min ' + Math.round(v % 60) + ' s' : Math.floor(minutes / 60) + ' h ' + (minutes % 60) + ' min';
  };
  S.time = ms => (isNumber(ms) ? new Date(ms).toISOString().slice(0, 19).replace('T', ' ') : S.none);

  const SUPER = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
  /** A position on a logarithmic axis as a person writes it: 10⁻³, or digits between the powers. */
  S.power = function (exponent) {
    if (Math.abs(exponent - Math.round(exponent)) > 1e-6) return S.brief(10 ** exponent, 2);
    return '10' + String(Math.round(exponent)).split('').map(c => SUPER[c]).join('');
  };

  /** Mean and standard error of what is there. */
  S.estimate = function (values) {
    const there = values.filter(isNumber);
    const n = there.length;
    if (!n) return null;
    const mean = there.reduce((a, b) => a + b, 0) / n;
    const squares = there.reduce((a, b) => a + (b - mean) ** 2, 0);
    return { mean, error: n > 1 ? Math.sqrt(squares / (n - 1) / n) : null, n };
  };
  S.estimateText = function (estimate, percent) {
    if (!estimate) return S.none;
    const text = percent ? S.percent(estimate.mean) : S.fixed(estimate.mean);
    const error = estimate.error === null ? '' : ' ± ' + (percent ? (100 * estimate.error).toFixed(2) : estimate.error.toFixed(4));
    return text + error;
  };

  /** Puts text on the clipboard; where the browser has none for this page, by a selection. */
  S.copy = async function (text, button) {
    const label = button.textContent;
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch (e) {
      const area = S.el('textarea', { 'aria-hidden': 'true' });
      area.value = text;
      document.body.append(area);
      area.select();
      done = document.execCommand('copy');
      area.remove();
    }
    button.textContent = done ? 'Copied' : 'Not copied';
    setTimeout(() => { button.textContent = label; }, 1500);
  };
  S.copyButton = (label, text) => S.el('button', { type: 'button', class: 'copy', onclick: e => S.copy(text(), e.currentTarget) }, label);

  /** A table of texts; `head` entries are names, or [name, 'text'] for columns of words. */
  S.table = function (head, rows, caption) {
    const words = head.map(h => Array.isArray(h));
    return S.el('table', {},
      caption ? S.el('caption', { class: 'muted' }, caption) : null,
      S.el('thead', {}, S.el('tr', {}, head.map(h => S.el('th', { scope: 'col', class: Array.isArray(h) ? 'text' : null }, Array.isArray(h) ? h[0] : h)))),
      S.el('tbody', {}, rows.map(row => S.el('tr', {}, row.map((cell, i) => S.el('td', { class: words[i] ? 'text' : null }, cell instanceof Node ? cell : String(cell)))))));
  };
  S.tsv = (head, rows) => [head.map(h => (Array.isArray(h) ? h[0] : h)), ...rows]
    .map(row => row.map(cell => String(cell instanceof Node ? cell.textContent : cell).replace(/\s+/g, ' ')).join('\t')).join('\n') + '\n';

  S.css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
})(sieve);
