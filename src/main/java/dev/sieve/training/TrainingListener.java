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

  /** What a user should know of and can change; by default a line of the log. */
  default void warn(String line) {
    System.getLogger("dev.sieve.training").log(System.Logger.Level.WARNING, line);
  }
}
