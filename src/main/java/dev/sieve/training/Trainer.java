package dev.sieve.training;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Engine;
import dev.sieve.engine.EngineSession;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialResult;
import dev.sieve.trial.TrialSettings;
import java.util.List;

/** Trains a group from the first step of its stage to the last. */
public final class Trainer {
  private final Engine engine;

  public Trainer(Engine engine) {
    this.engine = engine;
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
   * which changes nothing that comes after, and leaves a checkpoint for its rung.
   *
   * @param checkpoints read from and written to where the stages are not the whole
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
    try (EngineSession session = engine.open(group, data.standardiser())) {
      return new GroupTraining(session, group, data, listener, states).run();
    }
  }
}
