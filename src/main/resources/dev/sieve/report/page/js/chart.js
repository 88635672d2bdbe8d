(function (S) {
  const charts = [];
  S.charts = charts;
  /** Above this many marks a canvas draws them; below, SVG prints sharper. */
  const SVG_MARKS = 600;

  const seen = 'IntersectionObserver' in window
    ? new IntersectionObserver(entries => entries.forEach(e => {
      const chart = charts.find(c => c.plot === e.target);
      if (!chart) return;
      chart.visible = e.isIntersecting;
      if (chart.visible) draw(chart);
    }), { rootMargin: '250px' })
    : null;

  /**
   * A figure with a chart that is drawn when it comes into view.
   * spec: id, title, hint, height, option() → ECharts option or null, label() → text for those who do not see it,
   * table() → {head, rows} with the same numbers, marks() → about how many, ready(instance).
   */
  S.chart = function (spec) {
    const plot = S.el('div', { class: 'plot', role: 'img', id: 'plot-' + spec.id, style: 'height:' + (spec.height || 300) + 'px' });
    const hint = S.el('span', { class: 'hint' });
    const numbers = S.el('details', {}, S.el('summary', {}, 'Numbers'));
    const figure = S.el('figure', { id: 'figure-' + spec.id }, S.el('figcaption', {}, S.el('h3', {}, spec.title), hint), spec.controls || null, plot, spec.table ? numbers : null);
    const chart = { spec, plot, hint, numbers, instance: null, stale: true, visible: !seen };
    numbers.addEventListener('toggle', () => fill(chart));
    charts.push(chart);
    if (seen) seen.observe(plot);
    return figure;
  };

  function fill(chart) {
    chart.numbers.querySelectorAll('.scroll, button').forEach(old => old.remove());
    if (!chart.numbers.open) return;
    const { head, rows } = chart.spec.table();
    chart.numbers.append(S.copyButton('Copy', () => S.tsv(head, rows)), S.el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': chart.spec.title + ', numbers' }, S.table(head, rows)));
  }

  function draw(chart) {
    if (!chart.stale) return;
    const option = chart.spec.option();
    chart.stale = false;
    const hint = typeof chart.spec.hint === 'function' ? chart.spec.hint() : chart.spec.hint;
    chart.hint.textContent = hint || '';
    if (!option) {
      if (chart.instance) { chart.instance.dispose(); chart.instance = null; }
      chart.plot.replaceChildren(S.el('p', { class: 'none' }, chart.spec.empty || 'Nothing to show yet.'));
      return;
    }
    if (!chart.instance) {
      chart.plot.replaceChildren();
      const many = chart.spec.marks && chart.spec.marks() > SVG_MARKS;
      chart.instance = echarts.init(chart.plot, null, { renderer: many ? 'canvas' : 'svg' });
      if (chart.spec.ready) chart.spec.ready(chart.instance);
    }
    chart.instance.setOption(themed(option), { notMerge: true });
    chart.plot.setAttribute('aria-label', chart.spec.title + '. ' + chart.spec.label());
  }

  /** What all charts have in common, in the page's colours. */
  function themed(option) {
    const fg = S.css('--fg');
    const muted = S.css('--muted');
    const grid = S.css('--grid');
    const axis = {
      axisLine: { lineStyle: { color: S.css('--line') } }, axisTick: { lineStyle: { color: S.css('--line') } }, splitLine: { lineStyle: { color: grid } },
      axisLabel: { color: muted }, nameTextStyle: { color: muted }
    };
    const merged = (own, shared) => {
      const all = Object.assign({}, shared, own);
      for (const part of Object.keys(shared)) all[part] = own[part] === undefined ? shared[part] : Object.assign({}, shared[part], own[part]);
      return all;
    };
    const result = Object.assign({
      animation: false, textStyle: { color: fg, fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 16, top: 28, bottom: 26, containLabel: true }
    }, option);
    for (const name of ['xAxis', 'yAxis', 'parallelAxis']) {
      if (result[name]) result[name] = [].concat(result[name]).map(a => merged(a, axis));
    }
    if (result.legend) result.legend = Object.assign({ textStyle: { color: fg }, top: 0, left: 0, type: 'scroll', pageTextStyle: { color: fg }, pageIconColor: fg }, result.legend);
    if (result.visualMap) result.visualMap = Object.assign({ textStyle: { color: muted } }, result.visualMap);
    result.tooltip = Object.assign({
      confine: true, backgroundColor: S.css('--card'), borderColor: S.css('--line'), textStyle: { color: fg, fontSize: 12 }, trigger: 'item'
    }, result.tooltip);
    return result;
  }

  /** The content of a tooltip: lines of text. */
  S.tip = (heading, ...lines) => S.el('div', {}, S.el('strong', {}, heading), lines.flat().map(line => S.el('div', {}, line)));
  S.trialTip = t => S.tip(S.name(t), S.percent(t.validationAccuracy) + ' validation' + (t.status === 'done' ? '' : ' · ' + t.status), S.coordinates(t), t.configuration);

  S.dirty = function (id) {
    for (const chart of charts) {
      if (id && chart.spec.id !== id) continue;
      chart.stale = true;
      if (chart.visible) draw(chart);
      fill(chart);
    }
  };
  /** Draws all charts, in view or not: to print, and to look at from outside. */
  S.drawAll = () => charts.forEach(draw);
  S.forget = function () {
    for (const chart of charts) {
      if (seen) seen.unobserve(chart.plot);
      if (chart.instance) chart.instance.dispose();
    }
    charts.length = 0;
  };

  let pending = 0;
  const resize = () => { cancelAnimationFrame(pending); pending = requestAnimationFrame(() => charts.forEach(c => c.instance && c.instance.resize())); };
  window.addEventListener('resize', resize);
  window.addEventListener('beforeprint', () => { S.drawAll(); charts.forEach(c => c.instance && c.instance.resize()); });
  window.addEventListener('afterprint', resize);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => S.dirty());
})(sieve);
