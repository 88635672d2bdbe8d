(function (S) {
  const tile = (name, value, note) => S.el('div', { class: 'tile' }, S.el('dt', {}, name), S.el('dd', {}, value, note ? S.el('small', {}, note) : null));

  S.summary = function () {
    const d = S.data;
    const count = status => d.trials.filter(t => t.status === status).length;
    const planned = d.phases.reduce((sum, p) => sum + p.planned, 0);
    const tested = S.estimate(d.trials.filter(t => t.phase === 'final').map(t => t.testAccuracy));
    const spent = d.trials.reduce((sum, t) => sum + (t.epochs || 0), 0);
    const bad = ['diverged', 'failed', 'lost'].map(s => [s, count(s)]).filter(([, n]) => n);
    const halved = count('pruned') + count('paused');
    const ended = d.trials.length - bad.reduce((sum, [, n]) => sum + n, 0);
    const top = d.pick || d.boards.filter(b => b.name !== 'final').map(b => b.rows[0]).filter(Boolean).pop();
    const starts = d.trials.map(t => t.started).filter(S.isNumber);
    const ends = d.trials.map(t => t.started + 1000 * t.seconds).filter(S.isNumber);
    const took = starts.length ? (Math.max(...ends) - Math.min(...starts)) / 1000 : null;
    const tiles = [
      tile('Validation accuracy, ' + (d.pick ? 'picked' : 'best so far'), top ? S.percent(top.accuracy) : S.none,
        top ? (S.isNumber(top.error) ? '± ' + (100 * top.error).toFixed(2) + ' over ' + top.replicates + ' replicates' : top.replicates + ' replicate') : null),
      tile('Test accuracy, final', tested ? S.percent(tested.mean) : S.none,
        tested ? (tested.error === null ? '1 network' : '± ' + (100 * tested.error).toFixed(2) + ' over ' + tested.n + ' networks') : 'final has not run'),
      tile('Trials', d.trials.length + (planned > d.trials.length ? ' of ' + planned : ''), halved ? halved + ' stopped early' : ended + ' with figures'),
      tile('Diverged, failed, lost', String(bad.reduce((sum, [, n]) => sum + n, 0)), bad.length ? bad.map(([s, n]) => n + ' ' + s).join(', ') : 'none'),
      tile('Epochs trained', spent.toLocaleString('en'), d.phases.length + (d.phases.length === 1 ? ' phase' : ' phases')),
      tile('First start to last end', S.seconds(took), starts.length ? 'from ' + S.time(Math.min(...starts)) + ' UTC' : null)
    ];
    return S.el('div', {}, S.el('dl', { class: 'tiles' }, tiles), S.el('div', { class: 'grid overview' }, picked(), phases(), figures()));
  };

  function picked() {
    const d = S.data;
    const pick = d.pick;
    const card = S.el('div', { class: 'card', id: 'picked' }, S.el('h3', {}, 'Picked configuration'));
    if (!pick) {
      card.append(S.el('p', { class: 'none' }, 'None yet: a search phase must be finished, and its first configuration done.'));
      return card;
    }
    const overrides = d.axes.filter((axis, a) => pick.x[a] !== null).map(axis => axis.path + '=' + pick.x[d.axes.indexOf(axis)]).join(' ');
    card.append(
      S.el('dl', { class: 'pairs' },
        d.axes.flatMap((axis, a) => [S.el('dt', { title: axis.path }, axis.label), S.el('dd', {}, S.axisText(axis, pick.x[a]))]),
        S.el('dt', {}, 'from'), S.el('dd', {}, pick.phase + ', trial ' + pick.trial),
        S.el('dt', {}, 'id'), S.el('dd', { class: 'mono' }, pick.configuration)),
      S.el('p', {}, S.copyButton('Copy as settings', () => overrides)));
    return card;
  }

  function phases() {
    const rows = S.data.phases.map(p => [p.name, S.el('span', { class: 'badge ' + p.state }, p.state),
      S.data.trials.filter(t => t.phase === p.name).length + ' / ' + p.planned,
      S.percent(Math.max(...S.data.trials.filter(t => t.phase === p.name).map(t => t.validationAccuracy).filter(S.isNumber)))]);
    const origins = S.data.phases.filter(p => p.origin || p.cut).map(p => S.el('details', {}, S.el('summary', {}, p.cut ? p.name + ' was cut: ' + p.cut : 'Where ' + p.name + ' comes from'), S.el('pre', { class: 'wrap' }, p.origin)));
    return S.el('div', { class: 'card' }, S.el('h3', {}, 'Phases'),
      S.el('div', { class: 'scroll' }, S.table([['phase', 'text'], ['state', 'text'], 'trials', 'best validation'], rows)), origins);
  }

  function figures() {
    const finals = S.data.trials.filter(t => t.phase === 'final' && t.status === 'done');
    const card = S.el('div', { class: 'card' }, S.el('h3', {}, finals.length ? 'Final training, mean ± s.e. of ' + finals.length + (finals.length === 1 ? ' network' : ' networks') : 'Final training'));
    if (!finals.length) {
      card.append(S.el('p', { class: 'none' }, 'Final has no finished network yet.'));
      return card;
    }
    const untrained = (t, set, figure) => (t.curve.epoch[0] === 0 && t.curve[set] ? t.curve[set][figure][0] : null);
    const rows = [];
    for (const set of ['train', 'validation', 'test']) {
      for (const figure of ['Accuracy', 'Loss', 'Cost']) {
        const after = S.estimate(finals.map(t => t[set + figure]));
        if (!after) continue;
        const percent = figure === 'Accuracy';
        rows.push([set + ' ' + figure.toLowerCase(), S.estimateText(S.estimate(finals.map(t => untrained(t, set, figure.toLowerCase()))), percent), S.estimateText(after, percent)]);
      }
    }
    const head = [['', 'text'], 'untrained', 'trained'];
    card.append(S.el('div', { class: 'scroll' }, S.table(head, rows)), S.el('p', {}, S.copyButton('Copy', () => S.tsv(head, rows))));
    return card;
  }

  /** The leaderboards, the first rows of each. */
  S.leaderboards = function () {
    const d = S.data;
    return S.el('div', { class: 'grid boards' }, d.boards.filter(board => board.name !== 'final').map(board => {
      const head = ['rank', ...d.axes.map(a => a.label), 'validation', '± s.e.', 'n', ['status', 'text'], ['configuration', 'text']];
      const rows = board.rows.slice(0, 10).map(r => [r.rank, ...d.axes.map((a, i) => S.axisText(a, r.x[i])), S.percent(r.accuracy),
        S.isNumber(r.error) ? (100 * r.error).toFixed(2) : S.none, r.replicates, S.el('span', { class: r.status }, r.status), S.el('span', { class: 'mono' }, r.configuration)]);
      const table = S.table(head, rows);
      table.querySelectorAll('tbody tr').forEach((tr, i) => { if (i < 3 && board.rows[i].status === 'done') tr.className = 'first'; });
      return S.el('div', { class: 'card' }, S.el('h3', {}, board.name), S.el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Leaderboard of ' + board.name }, table),
        board.rows.length > 10 ? S.el('p', { class: 'muted' }, '… and ' + (board.rows.length - 10) + ' more') : null);
    }));
  };
})(sieve);
