(function (S) {
  const PAGE = 100;

  function columns() {
    return [
      { id: 'phase', name: 'phase', text: true, of: t => t.phase },
      { id: 'trial', name: 'trial', of: t => t.trial },
      { id: 'replicate', name: 'repl.', of: t => t.replicate },
      { id: 'status', name: 'status', text: true, of: t => t.status, cell: t => S.el('span', { class: t.status, title: t.error ? t.error.split('\n')[0] : null }, t.status + (S.isNumber(t.divergedEpoch) ? ' (epoch ' + t.divergedEpoch + ')' : '')) },
      ...S.data.axes.map((axis, a) => ({ id: 'axis-' + a, name: axis.label, of: t => t.x[a], show: v => S.axisText(axis, v) })),
      { id: 'validationAccuracy', name: 'validation', of: t => t.validationAccuracy, show: v => S.percent(v) },
      { id: 'trainAccuracy', name: 'train', of: t => t.trainAccuracy, show: v => S.percent(v) },
      ...(S.data.trials.some(t => S.isNumber(t.testAccuracy)) ? [{ id: 'testAccuracy', name: 'test', of: t => t.testAccuracy, show: v => S.percent(v) }] : []),
      { id: 'validationLoss', name: 'val. loss', of: t => t.validationLoss, show: v => S.fixed(v) },
      { id: 'bestEpoch', name: 'best epoch', of: t => t.bestEpoch },
      { id: 'epochs', name: 'epochs', of: t => t.epochs },
      { id: 'seconds', name: 'seconds', of: t => t.seconds, show: v => S.fixed(v, 1) },
      { id: 'configuration', name: 'configuration', text: true, of: t => t.configuration, cell: t => S.el('span', { class: 'mono' }, t.configuration) }
    ];
  }
  const show = (column, t) => (column.cell ? column.cell(t) : column.show ? column.show(column.of(t)) : column.of(t) ?? S.none);

  function rows(all) {
    const words = S.state.text.toLowerCase().split(/\s+/).filter(Boolean);
    const kept = S.data.trials.filter(t => (!S.state.phase || t.phase === S.state.phase) && (!S.state.status || t.status === S.state.status) && (!S.state.brushed || S.state.brushed.has(t.key)) &&
      words.every(w => (S.name(t) + ' ' + t.status + ' ' + t.configuration + ' ' + t.host + ' ' + S.coordinates(t).join(' ')).toLowerCase().includes(w)));
    const column = all.find(c => c.id === S.state.sort) || all[0];
    const sign = S.state.descending ? -1 : 1;
    return kept.sort((a, b) => {
      const x = column.of(a);
      const y = column.of(b);
      if (x === null || x === undefined || y === null || y === undefined) return (x === null || x === undefined) - (y === null || y === undefined) || a.i - b.i;
      return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y))) || a.i - b.i;
    });
  }

  /** The table of all trials: sorted by its headings, filtered, its rows chosen for the learning curves. */
  S.trialTable = function () {
    const body = S.el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Trials' });
    const count = S.el('span', { class: 'muted', role: 'status', id: 'trial-count' });
    const controls = S.el('div', { class: 'controls' });
    const option = (value, text, chosen) => S.el('option', { value, selected: value === chosen }, text);
    const choose = (name, values, key) => S.el('label', {}, name + ' ', S.el('select', { id: 'filter-' + key, onchange: e => { S.state[key] = e.target.value; fill(); } }, option('', 'all', S.state[key]), values.map(v => option(v, v, S.state[key]))));
    const text = S.el('input', { type: 'search', id: 'filter-text', placeholder: 'Filter: words of a row', 'aria-label': 'Filter trials by words', oninput: e => { S.state.text = e.target.value; fill(); } });
    text.value = S.state.text;
    controls.append(text,
      choose('Phase', S.data.names.filter(n => S.data.trials.some(t => t.phase === n)), 'phase'), choose('Status', [...new Set(S.data.trials.map(t => t.status))].sort(), 'status'),
      S.copyButton('Copy table', () => { const all = columns(); return S.tsv(all.map(c => c.name), rows(all).map(t => all.map(c => c.of(t) ?? ''))); }), count);

    function heading(column) {
      const sorted = S.state.sort === column.id;
      return S.el('th', { scope: 'col', class: column.text ? 'text' : null, 'aria-sort': sorted ? (S.state.descending ? 'descending' : 'ascending') : 'none' },
        S.el('button', { type: 'button', 'data-sort': column.id, onclick: () => {
          S.state.descending = sorted ? !S.state.descending : !column.text;
          S.state.sort = column.id;
          fill();
          body.querySelector('[data-sort="' + column.id + '"]').focus();
        } }, column.name));
    }
    function fill() {
      const all = columns();
      const kept = rows(all);
      const shown = S.state.all ? kept : kept.slice(0, PAGE);
      const top = new Set(S.best(S.data.searched.filter(t => t.status === 'done' && t.phase === S.lastSearch()), 3).map(t => t.key));
      body.replaceChildren(S.el('table', { id: 'trial-table' },
        S.el('thead', {}, S.el('tr', {}, S.el('th', { scope: 'col' }, 'curve'), all.map(heading))),
        S.el('tbody', {}, shown.map(t => S.el('tr', { class: top.has(t.key) ? 'first' : null },
          S.el('td', {}, S.el('input', { type: 'checkbox', checked: S.state.chosen.has(t.key), 'aria-label': 'Learning curve of ' + S.name(t), onchange: e => {
            if (e.target.checked) S.state.chosen.add(t.key); else S.state.chosen.delete(t.key);
            S.state.shown = 'chosen';
            S.refreshCurves();
          } })),
          all.map(c => S.el('td', { class: c.text ? 'text' : null }, show(c, t))))))));
      if (kept.length > shown.length) body.append(S.el('p', {}, S.el('button', { type: 'button', onclick: () => { S.state.all = true; fill(); } }, 'Show all ' + kept.length)));
      count.textContent = kept.length + ' of ' + S.data.trials.length + ' trials' + (S.state.brushed ? ', brushed' : '');
    }
    S.refreshTable = fill;
    fill();
    return S.el('div', { class: 'card' }, controls, body, errors());
  };

  function errors() {
    const failed = S.data.trials.filter(t => t.error);
    return failed.length ? S.el('div', {}, S.el('h3', {}, 'Errors'), failed.slice(0, 20).map(t => S.el('details', {}, S.el('summary', {}, S.name(t) + ': ' + t.error.split('\n')[0]), S.el('pre', {}, t.error)))) : null;
  }
})(sieve);
