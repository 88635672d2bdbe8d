(function (S) {
  /** The page's parts, in order; one that has nothing to show is left out. */
  function sections(d, studies) {
    const space = d.axes.filter(axis => !axis.categories.length).length > 1;
    return [
      studies && studies.length > 1 ? { id: 'studies-all', title: 'Studies', lead: 'All studies of this results folder.', build: () => [S.studies(studies)] } : null,
      { id: 'summary', title: 'Summary', build: () => [S.summary()] },
      { id: 'progress', title: 'History', build: () => [S.history(), d.rungs.length ? S.rungs() : null], grid: 'wide' },
      { id: 'learning', title: 'Curves', build: () => [S.curves()] },
      space ? { id: 'space', title: 'Space', lead: 'Mean validation accuracy over pairs of axes, each on its own scale; points are trials, cells their means; frames show the coarse space (dashed) and the fine boxes.', build: () => [...S.heatMaps()], grid: true, controls: heat } : null,
      d.axes.length ? { id: 'slices', title: 'Slices', lead: 'Validation accuracy along each axis.', build: () => S.slices(), grid: true } : null,
      d.axes.length ? { id: 'coordinates', title: 'Coordinates', build: () => [S.parallel()] } : null,
      { id: 'effects', title: 'Effects', lead: 'What decides, and how sure the ranking is.', build: () => [d.axes.length ? S.importance() : null, S.replicates()], grid: true },
      { id: 'boards', title: 'Leaderboards', lead: 'By mean validation accuracy over the replicates; the best three are marked.', build: () => [S.leaderboards()] },
      d.final ? { id: 'network', title: 'Network', lead: 'The final network that is best by validation accuracy.', build: () => [S.confusion(), d.final.columns ? S.columns() : S.weights()], grid: true } : null,
      { id: 'tasks', title: 'Tasks', build: () => [S.timeline()] },
      { id: 'trials', title: 'Trials', lead: 'Headings sort; ticked trials are drawn under Curves.', build: () => [S.trialTable()] },
      { id: 'provenance', title: 'Provenance', build: () => [provenance()] }
    ].filter(Boolean);
  }

  function heat() {
    return S.el('div', { class: 'controls' }, S.el('label', {}, S.el('input', { type: 'checkbox', checked: S.state.heat, onchange: e => {
      S.state.heat = e.target.checked;
      S.charts.filter(c => c.spec.id.startsWith('heat-')).forEach(c => S.dirty(c.spec.id));
    } }), 'binned means under the points'));
  }

  function provenance() {
    const d = S.data;
    const last = d.phases[d.phases.length - 1];
    return S.el('div', { class: 'card' },
      S.el('dl', { class: 'pairs' }, d.provenance.flatMap(([name, text]) => [S.el('dt', {}, name), S.el('dd', {}, text)])),
      last ? S.el('details', {}, S.el('summary', {}, 'Effective configuration'), S.copyButton('Copy', () => last.text), S.el('pre', {}, last.text)) : null,
      S.el('p', {}, S.copyButton('Copy provenance', () => S.tsv(['name', 'value'], d.provenance))));
  }

  /** Shows a study; what a reader has chosen stays. */
  S.show = function (json, studies) {
    const where = [window.scrollX, window.scrollY];
    const focused = document.activeElement && document.activeElement.id;
    const open = [...document.querySelectorAll('figure details[open]')].map(e => e.parentElement.id);
    S.forget();
    S.load(json);
    document.title = json.study + ' · Sieve';
    document.getElementById('title').textContent = json.study;
    const running = json.phases.find(p => p.state === 'running');
    document.getElementById('subtitle').textContent = [
      running ? running.name + ' is running' : json.phases.length ? 'last phase: ' + json.phases[json.phases.length - 1].name + ', ' + json.phases[json.phases.length - 1].state : 'no phase yet',
      new Set(json.provenance.filter(([n]) => n === 'data set').map(([, v]) => v)).values().next().value, 'as of ' + json.generated.slice(0, 19).replace('T', ' ') + ' UTC'
    ].filter(Boolean).join(' · ');
    const main = document.getElementById('main');
    const contents = document.getElementById('contents');
    main.replaceChildren();
    contents.replaceChildren();
    for (const s of sections(S.data, studies)) {
      const parts = s.build().filter(Boolean);
      const section = S.el('section', { id: s.id, 'aria-labelledby': s.id + '-title' }, S.el('h2', { id: s.id + '-title' }, s.title), s.lead ? S.el('p', { class: 'lead' }, s.lead) : null, s.controls ? s.controls() : null,
        s.grid ? S.el('div', { class: 'grid' }, parts) : parts);
      main.append(section);
      contents.append(S.el('li', {}, S.el('a', { href: '#' + s.id }, s.title)));
    }
    if (S.tellBrushed) S.tellBrushed();
    for (const id of open) document.querySelector('#' + id + ' details')?.setAttribute('open', '');
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    window.scrollTo(...where);
  };

  const data = JSON.parse(document.getElementById('data').textContent);
  if (document.documentElement.dataset.mode === 'live') S.live();
  else S.show(data, null);
})(sieve);
