package dev.sieve.training;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Engine;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialResult;
import java.util.List;

/** Trains a group from the first step to the last. */
public final class Trainer {
  private final Engine engine;

  public Trainer(Engine engine) {
    this.engine = engine;
  }

  /**
   * Trains every trial of the group and measures what its settings ask for.
   *
   * @return one result a trial, in the group's order
   * @throws TrainingStoppedException if the listener asks for it
   */
  public List<TrialResult> train(TrialGroup group, PreparedData data, TrainingListener listener) {
    throw new UnsupportedOperationException(engine.type());
  }
}
