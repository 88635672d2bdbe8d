package dev.sieve.training;

import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Trial;

/** Hears of a training as it goes on; called by the training thread. */
public interface TrainingListener {
  /** A row of a trial's curve. */
  void row(Trial trial, EpochMetrics row);

  /**
   * Asked before every step and evaluation batch: true ends the training with a {@link
   * TrainingStoppedException}.
   */
  boolean stopRequested();
}
