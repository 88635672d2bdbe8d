package dev.sieve.training;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Engine;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialResult;
import dev.sieve.trial.TrialSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Trains a group from the first step of its stage to the last. */
public final class Trainer {
  private final Engine engine;
  private final @Nullable Duration every;
  private final LongSupplier clock;

  /** One that keeps nothing on the way. */
  public Trainer(Engine engine) {
    this(engine, null);
  }

  /**
   * @param every so much training apart, and where it is stopped, it keeps what there is in its
   *     store; null for never. What was kept before is gone on from all the same.
   */
  public Trainer(Engine engine, @Nullable Duration every) {
    this(engine, every, System::nanoTime);
  }

  /**
   * @param clock nanoseconds from any origin
   */
  Trainer(Engine engine, @Nullable Duration every, LongSupplier clock) {
    this.engine = engine;
    this.every = every;
    this.clock = clock;
  }

  /** Bytes from the beginning of what was kept that tell {@link #keptSteps}. */
  public static int keptHead() {
    return CheckpointFile.HEAD;
  }

  /**
   * How far a trial is by what was kept of it within its stage.
   *
   * @param head its beginning
   * @return steps taken; 0 if it is nothing to go on from
   */
  public long keptSteps(Trial trial, byte[] head) {
    return CheckpointFile.within(trial, engine.type()).steps(head);
  }

  /**
   * Trains every trial of a group that neither pauses nor goes on.
   *
   * @see #train(TrialGroup, PreparedData, TrainingListener, CheckpointStore)
   */
  public List<TrialResult> train(TrialGroup group, PreparedData data, TrainingListener listener) {
    return train(group, data, listener, CheckpointStore.none());
  }

  /**
   * Trains the stage of every trial of the group and measures what its settings ask for: a row of
   * the curve for the untrained network, then one at the end of each epoch (or every so many steps)
   * and one after the last step; the full sets after the last step. A network whose loss or cost is
   * not finite is dropped, with the curve so far.
   *
   * <p>A stage that begins later goes on from the checkpoint of the trial's rung before, bit for
   * bit as if it had not stopped; one that ends before the budget does has a last row of its own,
   * which changes nothing that comes after, and leaves a checkpoint for its rung. A trial of which
   * something was kept within its stage goes on from there, likewise.
   *
   * @param checkpoints read from and written to where the stages are not the whole, and on the way
   * @return one result a trial, in the group's order
   * @throws TrainingStoppedException if the listener asks for it
   */
  public List<TrialResult> train(
      TrialGroup group, PreparedData data, TrainingListener listener, CheckpointStore checkpoints) {
    TrialSettings settings = group.first().settings();
    if (data.train().count() != settings.data().train()) {
      throw new IllegalArgumentException(
          "the training set must have data.train images, but got %s and data.train=%s"
              .formatted(data.train().count(), settings.data().train()));
    }
    if (settings.stepsPerEpoch() < 1) {
      throw new IllegalArgumentException(
          "data.train >= 2 must hold, or there is no batch, but got " + settings.data().train());
    }
    Checkpoints states = new Checkpoints(this, engine.type(), checkpoints, listener);
    Keeping keeping = new Keeping(engine.type(), checkpoints, listener, every, clock);
    return new Lockstep(engine, group, data, listener, states, keeping).run();
  }
}
