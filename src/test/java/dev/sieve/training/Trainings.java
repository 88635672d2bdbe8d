package dev.sieve.training;

import dev.sieve.engine.TestTrials;
import dev.sieve.engine.factory.Engines;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialResult;
import java.util.List;
import java.util.Objects;

/** Trains what a test has set up. */
final class Trainings {
  private Trainings() {}

  static TrialResult alone(TestTrials trial) {
    return alone(trial, new Recorder());
  }

  static TrialResult alone(TestTrials trial, TrainingListener listener) {
    return new Trainer(Engines.byType("reference"))
        .train(trial.alone(), trial.data(), listener)
        .get(0);
  }

  /** All on the data of the first. */
  static List<TrialResult> together(TestTrials... trials) {
    List<Trial> all = java.util.Arrays.stream(trials).map(TestTrials::trial).toList();
    return new Trainer(Engines.byType("reference"))
        .train(new TrialGroup(all), trials[0].data(), new Recorder());
  }

  /** Full-set training figures of a trial that is done. */
  static Metrics train(TrialResult result) {
    return Objects.requireNonNull(result.train(), () -> "no figures: " + result);
  }
}
