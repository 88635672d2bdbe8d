(function (S) {
  const LABELS = { accuracy: 'Accuracy', loss: 'Loss', cost: 'Cost', eta: 'Learning rate' };
  const COLORS = ['#3b6fb6', '#d9730d', '#2b8a57', '#c0392b', '#7a57b8', '#8c6d31', '#c2559d', '#6b7785', '#9a9a1d', '#1797a6'];
  const MOST = 12;

  /** Every trial by phase and number, with the best so far. */
  S.history = function () {
    const rows = () => {
      let best = -Infinity;
      return S.data.searched.map((t, at) => {
        if (S.isNumber(t.validationAccuracy) && t.status === 'done') best = Math.max(best, t.validationAccuracy);
        return { t, at: at + 1, best: best > -Infinity ? best : null };
      });
    };
    return S.chart({
      id: 'history', title: 'Optimisation history', height: 330, hint: 'validation accuracy after the last step; the line is the best so far', marks: () => S.data.searched.length,
      empty: 'No search trial has ended yet.',
      option() {
        const all = rows();
        if (!all.some(r => S.isNumber(r.t.validationAccuracy))) return null;
        const names = [...new Set(all.map(r => r.t.phase))];
        const lowest = Math.min(...all.map(r => r.t.validationAccuracy).filter(S.isNumber));
        const lost = all.filter(r => !S.isNumber(r.t.validationAccuracy));
        return {
          legend: {}, xAxis: { type: 'value', min: 0, max: all.length + 1, minInterval: 1, name: 'trial', nameLocation: 'middle', nameGap: 22, splitLine: { show: false }, axisLabel: { showMaxLabel: false } },
          yAxis: { type: 'value', scale: true, axisLabel: { formatter: v => S.percent(v, 1) } },
          tooltip: { formatter: p => (p.data.t ? S.trialTip(p.data.t) : S.tip('best so far', S.percent(p.data[1]))) },
          series: [
            ...names.map(name => ({
              name, type: 'scatter', symbolSize: 8, itemStyle: { color: S.phaseColor(name), opacity: 0.8 },
              data: all.filter(r => r.t.phase === name && S.isNumber(r.t.validationAccuracy)).map(r => ({ value: [r.at, r.t.validationAccuracy], t: r.t }))
            })),
            { name: 'best so far', type: 'line', step: 'end', symbol: 'none', lineStyle: { color: S.css('--fg'), width: 2 }, itemStyle: { color: S.css('--fg') }, data: all.filter(r => r.best !== null).map(r => [r.at, r.best]) },
            ...(lost.length ? [{ name: 'without a figure', type: 'scatter', symbol: 'triangle', symbolSize: 8, itemStyle: { color: S.css('--bad') }, data: lost.map(r => ({ value: [r.at, lowest], t: r.t })) }] : [])
          ]
        };
      },
      label() {
        const best = S.best(S.data.searched, 1)[0];
        return S.data.searched.length + ' trials; the best has ' + S.percent(best.validationAccuracy) + ' (' + S.name(best) + ', ' + S.coordinates(best).join(', ') + ').';
      },
      table: () => ({ head: ['number', ['trial', 'text'], 'validation accuracy', 'best so far'], rows: rows().map(r => [r.at, S.name(r.t), S.percent(r.t.validationAccuracy), S.percent(r.best)]) })
    });
  };

  /** The trials whose curves are laid over each other. */
  function shown() {
    const d = S.data;
    const withCurve = d.trials.filter(t => t.curve.epoch.length);
    const last = S.lastSearch();
    const finals = withCurve.filter(t => t.phase === 'final');
    if (S.state.shown === 'chosen') return withCurve.filter(t => S.state.chosen.has(t.key)).slice(0, MOST);
    if (S.state.shown === 'final') return finals.slice(0, MOST);
    const phase = withCurve.filter(t => t.phase === last);
    if (S.state.shown === 'spread') {
      const ranked = S.best(phase, phase.length);
      const step = Math.max(1, (ranked.length - 1) / (MOST - 1));
      return ranked.length ? [...new Set(Array.from({ length: MOST }, (_, k) => ranked[Math.min(ranked.length - 1, Math.round(k * step))]))] : phase.slice(0, MOST);
    }
    return S.best(phase, 6).length ? S.best(phase, 6) : phase.slice(-6);
  }

  function lines() {
    const figure = S.state.figure;
    const all = [];
    shown().forEach((t, k) => {
      const sets = figure === 'eta' ? ['eta'] : ['train', 'validation', 'test'].filter(s => S.state.sets[s] && t.curve[s]);
      const perEpoch = t.steps && t.epochs ? t.steps / t.epochs : 1;
      for (const set of sets) {
        const values = figure === 'eta' ? t.curve.eta : t.curve[set][figure];
        const points = values.map((v, i) => [t.curve.step[i] / perEpoch, v]).filter(([, v]) => S.isNumber(v));
        all.push({ t, set, color: COLORS[k % COLORS.length], points });
      }
    });
    return all;
  }

  S.curves = function () {
    const controls = S.el('div', { class: 'controls' });
    const refresh = () => { fill(); S.dirty('curves'); };
    const option = (value, text, chosen) => S.el('option', { value, selected: value === chosen }, text);
    function fill() {
      const tested = shown().some(t => t.curve.test);
      controls.replaceChildren(
        S.el('label', {}, 'Figure ', S.el('select', { id: 'curve-figure', onchange: e => { S.state.figure = e.target.value; refresh(); } }, Object.entries(LABELS).map(([v, l]) => option(v, l, S.state.figure)))),
        S.el('label', {}, 'Trials ', S.el('select', { id: 'curve-trials', onchange: e => { S.state.shown = e.target.value; refresh(); } },
          option('best', 'best of the last search phase', S.state.shown), option('spread', 'best to worst of it', S.state.shown),
          S.data.trials.some(t => t.phase === 'final') ? option('final', 'final networks', S.state.shown) : null,
          option('chosen', 'chosen in the table (' + S.state.chosen.size + ')', S.state.shown))),
        S.el('fieldset', { disabled: S.state.figure === 'eta' }, S.el('legend', {}, 'Sets'),
          ['train', 'validation', ...(tested ? ['test'] : [])].map(set => S.el('label', {}, S.el('input', { type: 'checkbox', checked: S.state.sets[set], onchange: e => { S.state.sets[set] = e.target.checked; refresh(); } }), set))));
    }
    fill();
    S.refreshCurves = refresh;
    return S.chart({
      id: 'curves', title: 'Learning curves', height: 380, controls, empty: 'No curve to show: choose trials in the table, or another set.',
      hint: () => (S.state.figure === 'eta' ? 'rate of the last step' : 'validation solid, train dashed, test dotted; epoch 0 is the untrained network'),
      option() {
        const all = lines();
        if (!all.length) return null;
        const dash = { train: 'dashed', validation: 'solid', test: 'dotted', eta: 'solid' };
        const percent = S.state.figure === 'accuracy';
        const text = v => (percent ? S.percent(v) : S.brief(v));
        return {
          legend: { data: [...new Set(all.map(l => S.name(l.t)))] },
          grid: { left: 8, right: 16, top: 36, bottom: 26, containLabel: true },
          xAxis: { type: 'value', name: 'epochs', nameLocation: 'middle', nameGap: 22, max: 'dataMax', splitLine: { show: false } },
          yAxis: { type: 'value', scale: true, axisLabel: { formatter: v => (percent ? S.percent(v, 0) : S.brief(v, 3)) } },
          tooltip: {
            trigger: 'axis', axisPointer: { type: 'line' },
            formatter: points => S.tip('epoch ' + S.brief(points[0].value[0]),
              points.sort((a, b) => b.value[1] - a.value[1]).map(p => S.el('span', {}, S.el('b', { style: 'color:' + p.color }, '● '), all[p.seriesIndex].set === 'eta' ? '' : all[p.seriesIndex].set + ' ', S.el('b', {}, text(p.value[1])), '  ' + p.seriesName + ' (' + S.coordinates(all[p.seriesIndex].t).join(', ') + ')')))
          },
          series: all.map(l => ({ name: S.name(l.t), type: 'line', symbol: l.points.length > 60 ? 'none' : 'circle', symbolSize: 4, lineStyle: { type: dash[l.set], width: 2, color: l.color }, itemStyle: { color: l.color }, emphasis: { focus: 'series' }, data: l.points }))
        };
      },
      label: () => LABELS[S.state.figure] + ' of ' + shown().length + ' trials: ' + lines().map(l => S.name(l.t) + (l.set === 'eta' ? '' : ' ' + l.set) + ' ends at ' + (S.state.figure === 'accuracy' ? S.percent(l.points.at(-1)?.[1]) : S.brief(l.points.at(-1)?.[1]))).join('; ') + '.',
      table: () => ({ head: [['trial', 'text'], ['set', 'text'], 'epochs', LABELS[S.state.figure].toLowerCase()], rows: lines().flatMap(l => l.points.map(p => [S.name(l.t), l.set, S.brief(p[0]), S.brief(p[1], 6)])) })
    });
  };
})(sieve);
