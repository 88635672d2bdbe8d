package dev.sieve.training;

import dev.sieve.engine.EngineSession;
import dev.sieve.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps how far the trials of a group are within their stage, so that whoever trains them next goes
 * on from there. It changes nothing of what they come to, and a failure costs nothing but time.
 */
final class Keeping {
  /** It takes at most one part of so many of the training: large networks are kept less often. */
  private static final long PARTS = 200;

  private final String engineType;
  private final CheckpointStore store;
  private final TrainingListener listener;
  private final @Nullable Duration every;
  private final LongSupplier clock;
  private long last;

  /** What the last time took. */
  private long cost;

  private boolean warned;

  /**
   * @param every training between two times at least; null to keep nothing
   * @param clock nanoseconds from any origin
   */
  Keeping(
      String engineType,
      CheckpointStore store,
      TrainingListener listener,
      @Nullable Duration every,
      LongSupplier clock) {
    this.engineType = engineType;
    this.store = store;
    this.listener = listener;
    this.every = every;
    this.clock = clock;
    this.last = clock.getAsLong();
  }

  /** What was kept of a trial; null where there is nothing of use. */
  @Nullable TrialState read(Trial trial) {
    try {
      byte[] content = store.readProgress(trial.key());
      return content == null ? null : CheckpointFile.within(trial, engineType).read(content);
    } catch (IOException | RuntimeException e) {
      listener.warn(
          "what was kept of a trial within its stage must be of use to go on from, but that of %s is not (%s): it is trained once more from step %s, with the same result"
              .formatted(trial.name(), e.getMessage(), trial.stage().from()));
      return null;
    }
  }

  boolean due() {
    return every != null
        && clock.getAsLong() - last >= Math.max(every.toNanos(), (PARTS - 1) * cost);
  }

  /**
   * Keeps all live trials of a session, between two of its steps.
   *
   * @param taken steps that they have taken
   */
  void keep(EngineSession session, List<TrialProgress> trials, long taken) {
    if (every == null) {
      return;
    }
    long start = clock.getAsLong();
    try {
      for (int i = 0; i < trials.size(); i++) {
        TrialProgress progress = trials.get(i);
        if (progress.live() && progress.lacks(taken)) {
          TrialState state = progress.stateWithin(session.save(i));
          byte[] content = CheckpointFile.within(progress.trial, engineType).bytes(state);
          store.writeProgress(progress.trial.key(), content);
          progress.kept(taken);
        }
      }
    } catch (IOException | RuntimeException e) {
      if (!warned) {
        warned = true;
        listener.warn(
            "what running trials have trained cannot be kept in results.dir (%s): training goes on, and a stop or a lost executor costs what was trained since it was kept last; make it writable on all executors, or free space"
                .formatted(e.getMessage()));
      }
    }
    last = clock.getAsLong();
    cost = last - start;
  }
}
