(function (S) {
  /** More classes are not drawn as a matrix. */
  const MOST = 50;

  S.confusion = () => S.chart({
    id: 'confusion', title: 'Confusion matrix', height: 430,
    hint: () => (S.data.final.columns ? 'rows' : 'images') + ' of the ' + S.data.final.set + ' set, final replicate ' + S.data.final.replicate + ' (best by validation)', empty: 'The final network has no confusion matrix.',
    option() {
      const { confusion, classes } = S.data.final;
      if (!confusion) return null;
      if (classes.length > MOST) return worst();
      const shares = confusion.map(row => { const sum = row.reduce((a, b) => a + b, 0) || 1; return row.map(n => n / sum); });
      const highest = Math.max(...shares.flat());
      return {
        grid: { left: 8, right: 12, top: 8, bottom: 30, containLabel: true },
        xAxis: { type: 'category', data: classes, name: 'predicted', nameLocation: 'middle', nameGap: 62, axisLabel: { rotate: 45 }, splitLine: { show: false } },
        yAxis: { type: 'category', data: classes, inverse: true, splitLine: { show: false } },
        tooltip: { formatter: p => S.tip(classes[p.value[1]] + ' taken for ' + classes[p.value[0]], p.value[2] + (S.data.final.columns ? ' rows' : ' images'), S.percent(shares[p.value[1]][p.value[0]], 1) + ' of its class') },
        series: [{
          type: 'heatmap', label: { show: classes.length <= 20, fontSize: 10, formatter: p => String(p.value[2]) },
          data: confusion.flatMap((row, i) => row.map((n, j) => {
            const share = shares[i][j] / highest;
            return { value: [j, i, n], itemStyle: { color: S.ramp(share), borderColor: S.css('--card'), borderWidth: 1 }, label: { color: share > 0.55 ? '#000' : '#fff' } };
          }))
        }]
      };
    },
    label: () => S.data.final.classes.map((name, i) => name + ' ' + S.percent(right(i), 0)).join(', ') + ' right.',
    table: () => ({ head: [['true \\ predicted', 'text'], ...S.data.final.classes, 'right'], rows: (S.data.final.confusion || []).map((row, i) => [S.data.final.classes[i], ...row, S.percent(right(i), 1)]) })
  });

  /** Of many classes the pairs that are confused most often. */
  function pairs() {
    const { confusion } = S.data.final;
    const all = confusion.flatMap((row, i) => row.map((n, j) => ({ i, j, n })));
    return all.filter(p => p.i !== p.j && p.n > 0).sort((a, b) => b.n - a.n || a.i - b.i).slice(0, 25);
  }

  function worst() {
    const { classes } = S.data.final;
    const shown = pairs();
    return bars(shown.map(p => classes[p.i] + ' as ' + classes[p.j]), shown.map(p => p.n), n => n + ' times');
  }

  /** A bar for each name, the first on top. */
  function bars(names, values, text) {
    return {
      grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true },
      xAxis: { type: 'value' },
      yAxis: { type: 'category', data: names, inverse: true, axisLabel: { width: 200, overflow: 'truncate' } },
      tooltip: { formatter: p => S.tip(p.name, text(p.value)) },
      series: [{ type: 'bar', data: values, itemStyle: { color: S.ramp(0.6) } }]
    };
  }

  function right(i) {
    const row = S.data.final.confusion[i];
    return row[i] / row.reduce((a, b) => a + b, 0);
  }

  /** The first layer of a table's network: how large the weights of each input are. */
  S.columns = () => S.chart({
    id: 'weights', title: 'Input columns', height: 430,
    hint: () => { const { names, inputs } = S.data.final.columns; return names.length + (names.length < inputs ? ' of ' + inputs : '') + ' inputs, the largest first-layer weights first (root mean square over the units)'; },
    empty: 'The weights file is not there.',
    option() {
      const { names, sizes } = S.data.final.columns;
      return bars(names, sizes, S.brief);
    },
    label: () => S.data.final.columns.names.slice(0, 5).join(', ') + ' have the largest weights.',
    table: () => ({ head: [['input', 'text'], 'weights'], rows: S.data.final.columns.names.map((name, i) => [name, S.brief(S.data.final.columns.sizes[i])]) })
  });

  /** The first layer: an image a unit, grey (or the channel's middle) where a weight is zero. */
  S.weights = function () {
    const { layer, model } = S.data.final;
    const figure = S.el('figure', { id: 'figure-weights' }, S.el('figcaption', {}, S.el('h3', {}, 'First-layer weights'), S.el('span', { class: 'hint' }, layer ? layer.shown + (layer.shown < layer.units ? ' of ' + layer.units : '') + ' units, each scaled by its own largest weight; mid-grey is zero' : '')));
    if (!layer) {
      figure.append(S.el('p', { class: 'none' }, 'The weights file is not there, or its inputs are no images.'));
      return figure;
    }
    const bytes = Uint8Array.from(atob(layer.pixels), c => c.charCodeAt(0));
    const grid = S.el('div', { class: 'weights', role: 'img', 'aria-label': 'Weights of ' + layer.shown + ' units as images of ' + layer.side + ' by ' + layer.side + ' pixels' });
    const pixels = layer.side * layer.side;
    for (let unit = 0; unit < layer.shown; unit++) {
      const canvas = S.el('canvas', { width: layer.side, height: layer.side, title: 'unit ' + (unit + 1) });
      const context = canvas.getContext('2d');
      const image = context.createImageData(layer.side, layer.side);
      for (let p = 0; p < pixels; p++) {
        for (let c = 0; c < 3; c++) image.data[4 * p + c] = bytes[(unit * pixels + p) * layer.channels + Math.min(c, layer.channels - 1)];
        image.data[4 * p + 3] = 255;
      }
      context.putImageData(image, 0, 0);
      grid.append(canvas);
    }
    figure.append(grid, S.el('p', { class: 'muted wrap' }, 'file: ', S.el('code', {}, model || S.none)));
    return figure;
  };
})(sieve);
