(function (S) {
  const EVERY = 2000;
  let version = '';
  let study = new URLSearchParams(location.search).get('study') || '';

  /** Asks the server for the study, and again; draws only when something new is there. */
  S.live = function () {
    const message = document.getElementById('message');
    const say = text => { message.hidden = !text; message.textContent = text; };
    async function ask() {
      let wait = EVERY;
      try {
        const query = new URLSearchParams({ study, version });
        const answer = await fetch('data.json?' + query, { cache: 'no-store' });
        if (answer.status === 200) {
          const json = await answer.json();
          version = json.version;
          if (json.data) {
            study = json.data.study;
            choice(json.studies);
            S.show(json.data, json.studies);
            say('');
          } else {
            say('No study has written results yet. This page shows the first one as soon as it does.');
          }
        } else if (answer.status !== 204) {
          say('The server answers: ' + (await answer.text()).slice(0, 500));
        } else {
          say('');
        }
      } catch (e) {
        say('The server does not answer; what is shown is what it said last. Asking again …');
        wait = 3 * EVERY;
      }
      if (document.hidden) await new Promise(done => document.addEventListener('visibilitychange', done, { once: true }));
      setTimeout(ask, wait);
    }
    function choice(studies) {
      const place = document.getElementById('studies');
      place.replaceChildren();
      if (studies.length < 2) return;
      place.append(S.el('label', {}, 'Study ', S.el('select', { id: 'study', onchange: e => { location.search = new URLSearchParams({ study: e.target.value }); } },
        studies.map(s => S.el('option', { value: s.study, selected: s.study === study }, s.study)))));
    }
    say('Reading the tables …');
    ask();
  };

  /** All studies side by side. */
  S.studies = function (studies) {
    const link = s => S.el('a', { href: '?' + new URLSearchParams({ study: s.study }), 'aria-current': s.study === study ? 'page' : null }, s.study);
    const rows = studies.map(s => [link(s), s.phases, s.trials, S.percent(s.validation), S.percent(s.test), S.time(s.last)]);
    return S.el('div', { class: 'card scroll' }, S.table([['study', 'text'], ['phases', 'text'], 'trials', 'best validation', 'test, final', 'last trial began, UTC'], rows));
  };
})(sieve);
