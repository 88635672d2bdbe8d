(function (S) {
  S.importance = () => S.chart({
    id: 'importance', title: 'Parameter importance', height: 260, hint: 'PED-ANOVA: who is among the best tenth; shares of main effects',
    empty: 'Ten trials with figures are needed.',
    option() {
      const all = S.data.importance;
      if (!all.length) return null;
      const order = S.data.axes.slice().reverse();
      return {
        legend: {}, grid: { left: 8, right: 44, top: 28, bottom: 8, containLabel: true }, xAxis: { type: 'value', min: 0, max: 1, axisLabel: { formatter: v => S.percent(v, 0) } }, yAxis: { type: 'category', data: order.map(a => a.label), axisLabel: { fontSize: 13 } },
        tooltip: { formatter: p => S.tip(p.name + ' in ' + p.seriesName, S.percent(p.value, 1)) },
        series: all.map(one => ({
          name: one.name, type: 'bar', barMaxWidth: 22, itemStyle: { color: S.phaseColor(one.name) }, label: { show: true, position: 'right', color: S.css('--muted'), formatter: p => S.percent(p.value, 0) },
          data: order.map(a => one.shares[a.path] || 0)
        }))
      };
    },
    label: () => S.data.importance.map(one => one.name + ': ' + S.data.axes.map(a => a.label + ' ' + S.percent(one.shares[a.path] || 0, 0)).join(', ')).join('; ') + '.',
    table: () => ({ head: [['phase', 'text'], 'trials', ...S.data.axes.map(a => a.label)], rows: S.data.importance.map(one => [one.name, one.trials, ...S.data.axes.map(a => S.percent(one.shares[a.path] || 0, 1))]) })
  });

  function groups() {
    const board = S.data.boards.filter(b => b.rows.some(r => r.replicates > 1)).filter(b => b.name !== 'final').pop() || S.data.boards.find(b => b.rows.some(r => r.replicates > 1));
    if (!board) return [];
    return board.rows.slice(0, 15).map(row => ({ row, name: board.name, trials: S.data.trials.filter(t => t.phase === board.name && t.configuration === row.configuration && S.isNumber(t.validationAccuracy)) })).filter(g => g.trials.length);
  }
  S.replicates = () => S.chart({
    id: 'replicates', title: 'Spread of replicates', height: 300, hint: 'the best configurations; bar: mean ± standard error, point: a replicate', empty: 'No configuration has more than one replicate.',
    option() {
      const all = groups();
      if (!all.length) return null;
      const color = S.phaseColor(all[0].name);
      return {
        xAxis: { type: 'category', data: all.map(g => String(g.row.rank)), name: 'rank in ' + all[0].name, nameLocation: 'middle', nameGap: 24 },
        yAxis: { type: 'value', scale: true, axisLabel: { formatter: v => S.percent(v, 1) } },
        tooltip: { formatter: p => (p.data.t ? S.trialTip(p.data.t) : S.tip('rank ' + p.data.g.row.rank, S.percent(p.data.g.row.accuracy) + ' ± ' + (100 * p.data.g.row.error).toFixed(2))) },
        series: [
          {
            type: 'custom', data: all.map((g, i) => ({ value: [i, g.row.accuracy - (g.row.error || 0), g.row.accuracy + (g.row.error || 0), g.row.accuracy], g })), encode: { x: 0, y: [1, 2] },
            renderItem(params, api) {
              const a = api.coord([api.value(0), api.value(1)]);
              const b = api.coord([api.value(0), api.value(2)]);
              const m = api.coord([api.value(0), api.value(3)]);
              const w = Math.min(14, api.size([1, 0])[0] * 0.3);
              return { type: 'group', children: [{ type: 'rect', shape: { x: a[0] - w, y: b[1], width: 2 * w, height: Math.max(1, a[1] - b[1]) }, style: { fill: color, opacity: 0.3 } }, { type: 'rect', shape: { x: a[0] - w, y: m[1] - 1, width: 2 * w, height: 2 }, style: { fill: color } }] };
            }
          },
          { type: 'scatter', symbolSize: 6, itemStyle: { color: S.css('--fg') }, data: all.flatMap((g, i) => g.trials.map(t => ({ value: [i, t.validationAccuracy], t }))) }
        ]
      };
    },
    label: () => groups().slice(0, 5).map(g => 'rank ' + g.row.rank + ': ' + S.percent(g.row.accuracy) + (S.isNumber(g.row.error) ? ' ± ' + (100 * g.row.error).toFixed(2) : '')).join('; ') + '.',
    table: () => ({ head: ['rank', ['configuration', 'text'], 'mean', '± s.e.', ['replicates', 'text']], rows: groups().map(g => [g.row.rank, g.row.configuration, S.percent(g.row.accuracy), S.isNumber(g.row.error) ? (100 * g.row.error).toFixed(2) : S.none, g.trials.map(t => S.percent(t.validationAccuracy)).join(', ')]) })
  });

  /** A trial's path through the rungs of halving, at the accuracy that the decision saw. */
  function paths() {
    const all = new Map();
    for (const [phase, trial, rung, status, epochs, accuracy] of S.data.rungs) {
      const key = phase + ' ' + trial;
      if (!all.has(key)) all.set(key, { key, phase, rungs: [] });
      all.get(key).rungs.push({ rung, status, epochs, accuracy });
    }
    return [...all.values()];
  }
  S.rungs = () => S.chart({
    id: 'rungs', title: 'Rungs of early stopping', height: 340, marks: () => S.data.rungs.length, hint: 'a line is a trial; it ends where it was stopped, or done',
    option() {
      const ends = { done: '--good', pruned: '--muted', paused: '--warn', diverged: '--bad', failed: '--bad', lost: '--bad' };
      const sorted = paths().sort((a, b) => a.rungs.length - b.rungs.length);
      return {
        legend: { data: [...new Set(sorted.map(p => p.rungs.at(-1).status))] },
        xAxis: { type: 'value', name: 'epochs', nameLocation: 'middle', nameGap: 22, minInterval: 1 }, yAxis: { type: 'value', scale: true, axisLabel: { formatter: v => S.percent(v, 0) } },
        tooltip: { formatter: p => S.tip(p.data.key, 'rung ' + p.data.rung + ': ' + p.data.status, S.percent(p.data.value[1])) },
        series: sorted.map(p => {
          const end = p.rungs.at(-1).status;
          const color = S.css(ends[end] || '--fg');
          return { name: end, type: 'line', symbolSize: 7, lineStyle: { color, width: end === 'done' ? 2.5 : 1, opacity: end === 'done' ? 1 : 0.6 }, itemStyle: { color }, data: p.rungs.filter(r => S.isNumber(r.accuracy)).map(r => ({ value: [r.epochs, r.accuracy], key: p.key, rung: r.rung, status: r.status })) };
        })
      };
    },
    label() {
      const most = Math.max(...S.data.rungs.map(r => r[2]));
      return Array.from({ length: most + 1 }, (_, k) => 'rung ' + k + ': ' + S.data.rungs.filter(r => r[2] === k).length + ' trials').join(', ') + '.';
    },
    table: () => ({ head: [['phase', 'text'], 'trial', 'rung', ['status', 'text'], 'epochs', 'validation accuracy'], rows: S.data.rungs.map(r => [...r.slice(0, 5), S.percent(r[5])]) })
  });

  /** Tasks: trials that trained side by side share executor, start and time. Overlapping ones get a lane each. */
  function tasks() {
    const all = new Map();
    for (const t of S.data.trials) {
      if (!S.isNumber(t.started)) continue;
      const key = [t.host, t.executor, t.started, t.seconds].join(' ');
      if (!all.has(key)) all.set(key, { place: t.executor + (t.host ? ' · ' + t.host : ''), from: t.started, to: t.started + 1000 * t.seconds, trials: [] });
      all.get(key).trials.push(t);
    }
    const lanes = new Map();
    for (const task of [...all.values()].sort((a, b) => a.from - b.from)) {
      const own = lanes.get(task.place) || [];
      lanes.set(task.place, own);
      let lane = own.findIndex(end => end <= task.from + 1);
      if (lane < 0) lane = own.length;
      own[lane] = task.to;
      task.lane = task.place + (lane ? ' #' + (lane + 1) : '');
    }
    return [...all.values()].sort((a, b) => a.from - b.from);
  }
  S.timeline = () => S.chart({
    id: 'timeline', title: 'Timeline of tasks', height: 300, hint: 'time since the first start; a bar is a task, which may train several trials side by side',
    marks: () => S.data.trials.length, empty: 'No task has ended yet.',
    option() {
      const all = tasks();
      if (!all.length) return null;
      const zero = all[0].from;
      const lanes = [...new Set(all.map(t => t.lane))].sort().reverse();
      const phases = [...new Set(all.map(t => t.trials[0].phase))];
      return {
        legend: {}, grid: { left: 8, right: 44, top: 28, bottom: 26, containLabel: true },
        xAxis: { type: 'value', min: 0, axisLabel: { formatter: v => S.seconds(v) }, max: v => Math.ceil(v.max) }, yAxis: { type: 'category', data: lanes, axisLabel: { width: window.innerWidth < 600 ? 90 : 190, overflow: 'break', lineHeight: 14 } },
        tooltip: { formatter: p => S.tip(p.data.task.trials.length + (p.data.task.trials.length === 1 ? ' trial of ' : ' trials of ') + p.seriesName, S.seconds((p.data.task.to - p.data.task.from) / 1000), p.data.task.place, 'from ' + S.time(p.data.task.from) + ' UTC') },
        series: phases.map(name => ({
          name, type: 'custom', itemStyle: { color: S.phaseColor(name) }, encode: { x: [1, 2], y: 0 }, clip: true,
          data: all.filter(t => t.trials[0].phase === name).map(t => ({ value: [lanes.indexOf(t.lane), (t.from - zero) / 1000, (t.to - zero) / 1000], task: t })),
          renderItem(params, api) {
            const a = api.coord([api.value(1), api.value(0)]);
            const b = api.coord([api.value(2), api.value(0)]);
            const h = Math.min(26, api.size([0, 1])[1] * 0.62);
            return { type: 'rect', shape: { x: a[0], y: a[1] - h / 2, width: Math.max(2, b[0] - a[0] - 1), height: h, r: 2 }, style: { fill: api.visual('color'), opacity: 0.85 } };
          }
        }))
      };
    },
    label() {
      const all = tasks();
      return all.length + ' tasks on ' + new Set(all.map(t => t.place)).size + ' executors.';
    },
    table: () => ({ head: [['executor', 'text'], ['phase', 'text'], 'trials', ['start, UTC', 'text'], 'seconds'], rows: tasks().map(t => [t.place, t.trials[0].phase, t.trials.length, S.time(t.from), ((t.to - t.from) / 1000).toFixed(1)]) })
  });
})(sieve);
