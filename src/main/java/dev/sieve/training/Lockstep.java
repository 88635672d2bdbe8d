package dev.sieve.training;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Engine;
import dev.sieve.engine.EngineSession;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Trains a group's stage, each trial from where it stands. Networks of a session take the same
 * steps: where trials stand at different ones, as after an executor that died while it kept them,
 * those behind train up to the next, which joins them there, until all train side by side.
 */
final class Lockstep {
  private final Engine engine;
  private final TrialGroup group;
  private final PreparedData data;
  private final TrainingListener listener;
  private final Checkpoints checkpoints;
  private final Keeping keeping;

  Lockstep(
      Engine engine,
      TrialGroup group,
      PreparedData data,
      TrainingListener listener,
      Checkpoints checkpoints,
      Keeping keeping) {
    this.engine = engine;
    this.group = group;
    this.data = data;
    this.listener = listener;
    this.checkpoints = checkpoints;
    this.keeping = keeping;
  }

  List<TrialResult> run() {
    List<TrialProgress> all = group.trials().stream().map(TrialProgress::new).toList();
    resume(all);
    TreeSet<Long> ahead = new TreeSet<>(all.stream().map(TrialProgress::taken).toList());
    for (Long at = ahead.pollFirst(); at != null; at = ahead.pollFirst()) {
      long step = at;
      List<TrialProgress> together =
          all.stream().filter(progress -> progress.live() && progress.taken() == step).toList();
      if (!together.isEmpty()) {
        train(together, ahead.isEmpty() ? null : ahead.first());
      }
    }
    return all.stream().map(TrialProgress::result).toList();
  }

  private void resume(List<TrialProgress> all) {
    List<TrialProgress> atStart = new ArrayList<>();
    for (TrialProgress progress : all) {
      TrialState kept = keeping.read(progress.trial);
      if (kept != null) {
        progress.resume(kept);
      } else if (progress.trial.stage().from() > 0) {
        atStart.add(progress);
      }
    }
    if (!atStart.isEmpty()) {
      List<Trial> trials = atStart.stream().map(progress -> progress.trial).toList();
      List<TrialState> states = checkpoints.states(trials, data);
      for (int i = 0; i < states.size(); i++) {
        atStart.get(i).resume(states.get(i));
      }
    }
  }

  /**
   * @param until where others wait; null for the stage's end
   */
  private void train(List<TrialProgress> together, @Nullable Long until) {
    TrialGroup part = new TrialGroup(together.stream().map(progress -> progress.trial).toList());
    try (EngineSession session = engine.open(part, data.standardiser())) {
      new TrainingLoop(session, together, data, listener, checkpoints, keeping).run(until);
    }
  }
}
