(function (S) {
  /** Trials as lines over all axes. Brushing an axis keeps those within; the table can follow. */
  S.parallel = function () {
    const chosen = S.el('p', { class: 'muted', id: 'brushed', role: 'status' });
    const follow = S.el('button', { type: 'button', hidden: true, onclick: () => { S.refreshTable(); document.getElementById('trials').scrollIntoView(); } }, 'Show them in the table');
    const clear = S.el('button', { type: 'button', hidden: true, onclick: () => { S.state.brushed = null; S.dirty('parallel'); tell(); S.refreshTable(); } }, 'Clear');
    const range = S.el('div', { class: 'controls' });

    const trials = () => S.data.searched.filter(t => S.isNumber(t.validationAccuracy));
    const dimensions = () => [
      ...S.data.axes.map((axis, a) => ({ axis, of: t => (axis.categories.length ? t.x[a] : S.position(axis, t.x[a])), name: axis.label, text: v => (axis.log ? S.power(v) : S.brief(v, 3)) })),
      { axis: null, of: t => t.validationAccuracy, name: 'validation', text: v => S.percent(v, 1) }
    ];
    function tell() {
      const brushed = S.state.brushed;
      const best = brushed ? S.best(S.data.trials.filter(t => brushed.has(t.key)), 1)[0] : null;
      chosen.textContent = brushed ? brushed.size + ' of ' + trials().length + ' trials within' + (best ? '; best ' + S.percent(best.validationAccuracy) + ' (' + S.name(best) + ')' : '') + '.' : 'Drag along an axis to keep the trials within; or type a lowest accuracy.';
      follow.hidden = clear.hidden = !brushed;
    }
    /** Keeps what satisfies a test; the way for a keyboard, and what brushing comes to. */
    function keep(test) {
      S.state.brushed = test ? new Set(trials().filter(test).map(t => t.key)) : null;
      tell();
    }
    const lowest = S.el('input', {
      type: 'number', step: 'any', id: 'parallel-least', 'aria-label': 'Lowest validation accuracy in per cent',
      onchange: e => {
        const least = parseFloat(e.target.value);
        keep(Number.isFinite(least) ? t => 100 * t.validationAccuracy >= least : null);
        S.dirty('parallel');
        S.refreshTable();
      }
    });
    range.append(S.el('label', {}, 'Validation at least ', lowest, ' %'), follow, clear);
    tell();
    const figure = S.chart({
      id: 'parallel', title: 'Parallel coordinates', height: 380, controls: range, marks: () => 4 * S.data.searched.length, hint: 'a line is a trial, its colour the accuracy',
      empty: 'No search trial has a figure yet.',
      option() {
        const all = trials();
        if (!all.length || !S.data.axes.length) return null;
        const [low, high] = S.colorRange(all);
        const dims = dimensions();
        const within = t => !S.state.brushed || S.state.brushed.has(t.key);
        return {
          parallel: { left: 40, right: 60, top: 44, bottom: 24, parallelAxisDefault: { areaSelectStyle: { width: 22, opacity: 0.25, color: S.css('--accent'), borderColor: S.css('--accent') } } },
          parallelAxis: dims.map((d, dim) => {
            const shared = { dim, name: d.name, nameGap: 16, nameTextStyle: { fontSize: 13, color: S.css('--fg') }, axisLine: { lineStyle: { color: S.css('--muted') } } };
            if (d.axis) return Object.assign(S.axisOption(d.axis), shared);
            return Object.assign({ type: 'value', scale: true, axisLabel: { formatter: v => d.text(v) } }, shared);
          }),
          tooltip: { formatter: p => S.trialTip(p.data.t) },
          series: [{
            type: 'parallel', smooth: 0.08, inactiveOpacity: 0.04, activeOpacity: 0.9, lineStyle: { width: 1.6 },
            data: all.slice().sort((a, b) => a.validationAccuracy - b.validationAccuracy).map(t => ({
              value: dims.map(d => (d.of(t) === null ? '-' : d.of(t))), t, lineStyle: { color: S.ramp((t.validationAccuracy - low) / (high - low)), opacity: within(t) ? 0.75 : 0.04 }
            }))
          }]
        };
      },
      label: () => trials().length + ' trials over ' + dimensions().map(d => d.name).join(', ') + '. ' + chosen.textContent,
      ready(instance) {
        instance.on('axisareaselected', () => {
          const model = instance.getModel();
          const series = model.getSeriesByIndex(0);
          const active = series.getRawIndicesByActiveState('active');
          const all = trials().slice().sort((a, b) => a.validationAccuracy - b.validationAccuracy);
          const keys = new Set(active.map(i => all[i].key));
          keep(keys.size < all.length && keys.size + series.getRawIndicesByActiveState('inactive').length > 0 ? t => keys.has(t.key) : null);
          S.refreshTable();
        });
      },
      table: () => ({ head: [['trial', 'text'], ...dimensions().map(d => d.name)], rows: trials().map(t => [S.name(t), ...S.data.axes.map((axis, a) => S.axisText(axis, t.x[a])), S.percent(t.validationAccuracy)]) })
    });
    figure.append(chosen);
    S.tellBrushed = tell;
    return figure;
  };
})(sieve);
