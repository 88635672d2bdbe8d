(function (S) {
  const PHASES = { coarse: '--coarse', fine: '--fine', final: '--final' };

  /** Takes a study's JSON: its trials become objects in the order of the columns. */
  S.load = function (json) {
    const columns = json.trials;
    const names = Object.keys(columns).filter(name => name !== 'x');
    const trials = columns.trial.map((ordinal, i) => {
      const trial = { i, x: columns.x.map(axis => axis[i]), curve: curve(json.curves[i]) };
      for (const name of names) trial[name] = columns[name][i];
      trial.key = trial.phase + ' ' + trial.trial;
      return trial;
    });
    S.data = Object.assign({}, json, { trials });
    S.data.searched = trials.filter(t => t.phase !== 'final');
    S.data.names = [...new Set([...json.phases.map(p => p.name), ...trials.map(t => t.phase)])];
  };

  function curve(columns) {
    const [epoch, step, eta, ...figures] = columns;
    const set = at => (figures.length > at ? { accuracy: figures[at], loss: figures[at + 1], cost: figures[at + 2] } : null);
    return { epoch, step, eta, train: set(0), validation: set(3), test: set(6) };
  }

  S.phaseColor = name => S.css(PHASES[name] || (name.startsWith('fine') ? '--other' : '--accent'));
  /** What a person calls a trial. */
  S.name = t => t.phase + ' ' + t.trial + (t.replicate ? ' · replicate ' + t.replicate : '');
  S.axisText = (axis, value) => (axis.categories.length ? (value === null ? S.none : value) : S.brief(value));
  S.coordinates = trial => S.data.axes.map((axis, a) => axis.label + ' ' + S.axisText(axis, trial.x[a]));

  /** Position on an axis's own scale, and how its ticks are written. */
  S.position = (axis, value) => (S.isNumber(value) ? (axis.log ? Math.log10(value) : value) : null);
  S.axisOption = function (axis, extra) {
    if (axis.categories.length) return Object.assign({ type: 'category', data: axis.categories, name: axis.label }, extra);
    const low = S.position(axis, axis.low);
    const high = S.position(axis, axis.high);
    const margin = 0.08 * (high - low);
    const option = { type: 'value', name: axis.label, min: low - margin, max: high + margin, axisLabel: { showMinLabel: false, showMaxLabel: false, hideOverlap: true } };
    if (axis.log) {
      option.axisLabel.formatter = v => S.power(v);
      if (high - low >= 1.5) option.minInterval = 1;
    } else {
      option.axisLabel.formatter = v => S.brief(v, 3);
    }
    return Object.assign(option, extra);
  };

  /** The best trials of a phase that are done. */
  S.best = (trials, n) => trials.filter(t => S.isNumber(t.validationAccuracy))
    .sort((a, b) => b.validationAccuracy - a.validationAccuracy || a.i - b.i).slice(0, n);
  S.lastSearch = function () {
    const names = S.data.names.filter(name => name !== 'final' && S.data.trials.some(t => t.phase === name));
    return names.length ? names[names.length - 1] : null;
  };

  const RAMP = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];
  S.rampColors = RAMP.map(c => 'rgb(' + c + ')');
  /** Viridis at a share of 0 … 1: read alike by all eyes, in print and in the dark. */
  S.ramp = function (share) {
    const at = Math.max(0, Math.min(1, share)) * (RAMP.length - 1);
    const i = Math.min(Math.floor(at), RAMP.length - 2);
    return 'rgb(' + RAMP[i].map((c, k) => Math.round(c + (at - i) * (RAMP[i + 1][k] - c))) + ')';
  };
  /** The accuracies that colours tell apart: the worst tenth shares one. */
  S.colorRange = function (trials) {
    const values = trials.map(t => t.validationAccuracy).filter(S.isNumber).sort((a, b) => a - b);
    if (!values.length) return [0, 1];
    const low = values[Math.floor(values.length / 10)];
    const high = values[values.length - 1];
    return low < high ? [low, high] : [low - 0.01, high + 0.01];
  };
})(sieve);
