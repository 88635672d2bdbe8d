(function (S) {
  const CELLS = 8;
  const MOST = 6;

  function pairs() {
    const numeric = S.data.axes.map((axis, a) => ({ axis, a })).filter(({ axis }) => !axis.categories.length);
    const all = [];
    for (let i = 0; i < numeric.length; i++) for (let j = i + 1; j < numeric.length; j++) all.push([numeric[i], numeric[j]]);
    return all.slice(0, MOST);
  }

  S.heatMaps = () => pairs().map(([x, y]) => heatMap(x, y));

  function points(x, y) {
    return S.data.searched.map(t => ({ t, x: S.position(x.axis, t.x[x.a]), y: S.position(y.axis, t.x[y.a]) })).filter(p => p.x !== null && p.y !== null);
  }

  /** Where cells meet: half-way between the values of a coarse grid; equal stretches where there is none. */
  function edges(axis, positions) {
    const low = S.position(axis, axis.low);
    const high = S.position(axis, axis.high);
    const values = [...new Set(positions.map(p => Number(p.toPrecision(9))))].sort((a, b) => a - b);
    if (values.length < 2 || values.length > CELLS) return Array.from({ length: CELLS + 1 }, (_, i) => low + i / CELLS * (high - low));
    const between = values.slice(1).map((v, i) => (v + values[i]) / 2);
    return [2 * values[0] - between[0], ...between, 2 * values.at(-1) - between.at(-1)];
  }
  const cellOf = (bounds, p) => Math.max(0, Math.min(bounds.length - 2, bounds.findIndex(b => p < b) < 0 ? bounds.length - 2 : bounds.findIndex(b => p < b) - 1));

  /** Means over the cells of a grid on the axes' own scales. */
  function cells(x, y, all) {
    const coarse = all.filter(p => p.t.phase === 'coarse');
    const across = edges(x.axis, coarse.map(p => p.x));
    const up = edges(y.axis, coarse.map(p => p.y));
    const sums = new Map();
    for (const p of all) {
      if (!S.isNumber(p.t.validationAccuracy)) continue;
      const key = cellOf(across, p.x) * up.length + cellOf(up, p.y);
      const old = sums.get(key) || [0, 0];
      sums.set(key, [old[0] + p.t.validationAccuracy, old[1] + 1]);
    }
    return [...sums].map(([key, [sum, n]]) => {
      const i = Math.floor(key / up.length);
      const j = key % up.length;
      return { value: [across[i], up[j], across[i + 1], up[j + 1], sum / n, n] };
    });
  }

  function boxes(x, y) {
    return S.data.phases.flatMap(phase => phase.boxes.filter(b => b[x.axis.path] && b[y.axis.path]).map((b, n) => {
      const at = k => [S.position(x.axis, b[x.axis.path][k]), S.position(y.axis, b[y.axis.path][k])];
      return { name: phase.name, n, low: at(0), high: at(1), color: S.phaseColor(phase.name), dashed: phase.name === 'coarse' };
    }));
  }

  function heatMap(x, y) {
    const title = x.axis.label + ' × ' + y.axis.label;
    return S.chart({
      id: 'heat-' + x.a + '-' + y.a, title, height: 360, marks: () => S.data.searched.length, 
      option() {
        const all = points(x, y);
        if (!all.length) return null;
        const [low, high] = S.colorRange(S.data.searched);
        const color = v => S.ramp((v - low) / (high - low));
        const frames = boxes(x, y);
        return {
          grid: { left: 8, right: 74, top: 28, bottom: 26, containLabel: true },
          xAxis: S.axisOption(x.axis, { nameLocation: 'middle', nameGap: 24, splitLine: { show: false }, axisLine: { onZero: false } }),
          yAxis: S.axisOption(y.axis, { nameLocation: 'end', splitLine: { show: false }, axisLine: { onZero: false } }),
          visualMap: { type: 'continuous', seriesIndex: 99, min: low, max: high, right: 0, top: 'middle', itemHeight: 130, itemWidth: 12, calculable: false, inRange: { color: S.rampColors }, text: [S.percent(high, 1), S.percent(low, 1)], formatter: v => S.percent(v, 1) },
          tooltip: { formatter: p => (p.data.t ? S.trialTip(p.data.t) : p.data.frame ? S.tip('searched by ' + p.data.frame) : S.tip('mean of ' + p.data.value[5] + (p.data.value[5] === 1 ? ' trial' : ' trials'), S.percent(p.data.value[4]))) },
          series: [
            ...(S.state.heat ? [{
              type: 'custom', name: 'mean', clip: true, data: cells(x, y, all), encode: { x: [0, 2], y: [1, 3] },
              renderItem(params, api) {
                const a = api.coord([api.value(0), api.value(1)]);
                const b = api.coord([api.value(2), api.value(3)]);
                return { type: 'rect', shape: { x: a[0], y: b[1], width: b[0] - a[0], height: a[1] - b[1] }, style: { fill: color(api.value(4)), opacity: 0.45 } };
              }
            }] : []),
            {
              type: 'custom', name: 'searched', clip: true, data: frames.map(f => ({ value: [...f.low, ...f.high], frame: f.name })), encode: { x: [0, 2], y: [1, 3] }, z: 3,
              renderItem(params, api) {
                const a = api.coord([api.value(0), api.value(1)]);
                const b = api.coord([api.value(2), api.value(3)]);
                const f = frames[params.dataIndex];
                return { type: 'rect', shape: { x: a[0], y: b[1], width: b[0] - a[0], height: a[1] - b[1] }, style: { fill: 'none', stroke: f.color, lineWidth: 2, lineDash: f.dashed ? [6, 4] : null } };
              }
            },
            {
              type: 'scatter', name: 'trials', symbolSize: 9, z: 4,
              data: all.map(p => ({
                value: [p.x, p.y], t: p.t, symbol: S.isNumber(p.t.validationAccuracy) ? 'circle' : 'triangle',
                itemStyle: { color: S.isNumber(p.t.validationAccuracy) ? color(p.t.validationAccuracy) : S.css('--bad'), borderColor: S.css('--fg'), borderWidth: 0.8 }
              }))
            }
          ]
        };
      },
      label() {
        const best = S.best(S.data.searched, 1)[0];
        return (best ? 'The best trial lies at ' + S.coordinates(best).join(', ') + '. ' : '') + S.data.phases.filter(p => p.boxes.length).map(p => p.name + ' searched ' + p.boxes.length + (p.boxes.length === 1 ? ' box' : ' boxes')).join(', ') + '.';
      },
      table: () => ({ head: [['trial', 'text'], x.axis.label, y.axis.label, 'validation accuracy'], rows: points(x, y).map(p => [S.name(p.t), S.brief(p.t.x[x.a]), S.brief(p.t.x[y.a]), S.percent(p.t.validationAccuracy)]) })
    });
  }

  /** Accuracy along each axis. */
  S.slices = () => S.data.axes.map((axis, a) => S.chart({
    id: 'slice-' + a, title: axis.label, height: 260, marks: () => S.data.searched.length, hint: axis.path,
    option() {
      const all = S.data.searched.filter(t => S.isNumber(t.validationAccuracy) && t.x[a] !== null);
      if (!all.length) return null;
      return {
        legend: {},
        xAxis: S.axisOption(axis, { nameLocation: 'middle', nameGap: 24, splitLine: { show: false }, axisLine: { onZero: false } }),
        yAxis: { type: 'value', scale: true, axisLabel: { formatter: v => S.percent(v, 0) } },
        tooltip: { formatter: p => S.trialTip(p.data.t) },
        series: [...new Set(all.map(t => t.phase))].map(name => ({
          name, type: 'scatter', symbolSize: 7, itemStyle: { color: S.phaseColor(name), opacity: 0.7 },
          data: all.filter(t => t.phase === name).map(t => ({ value: [axis.categories.length ? t.x[a] : S.position(axis, t.x[a]), t.validationAccuracy], t }))
        }))
      };
    },
    label: () => 'The best five trials have ' + S.best(S.data.searched, 5).map(t => S.axisText(axis, t.x[a])).join(', ') + '.',
    table: () => ({ head: [['trial', 'text'], axis.label, 'validation accuracy'], rows: S.data.searched.map(t => [S.name(t), S.axisText(axis, t.x[a]), S.percent(t.validationAccuracy)]) })
  }));
})(sieve);
