package dev.sieve.search.scheduler;

import dev.sieve.search.results.TrialRow;
import dev.sieve.search.sampler.Observation;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decisions may know of a trial's outcome: no more than its row in the table holds, so that a
 * resumed study decides as an undisturbed one.
 */
public record KnownOutcome(Status status, @Nullable Double accuracy) {
  public static KnownOutcome of(TrialRow row) {
    return new KnownOutcome(row.status(), row.validationAccuracy());
  }

  public static KnownOutcome of(TrialOutcome outcome) {
    Metrics validation = outcome.result().validation();
    return new KnownOutcome(
        outcome.result().status(), validation == null ? null : validation.accuracy());
  }

  /** The same of a trial that was stopped. */
  public KnownOutcome pruned() {
    return new KnownOutcome(Status.PRUNED, accuracy);
  }

  /** Whether it has the figures of its last step, at a rung or at the end. */
  private boolean stands() {
    return status == Status.DONE || status == Status.PAUSED || status == Status.PRUNED;
  }

  /** A configuration's observation from those of all its replicates, in their order. */
  static Observation together(Observation running, List<KnownOutcome> replicates) {
    double sum = 0;
    boolean failed = false;
    for (KnownOutcome told : replicates) {
      if (told.status() == Status.DIVERGED) {
        return Observation.diverged(running.configuration());
      }
      Double accuracy = told.accuracy();
      failed |= !told.stands() || accuracy == null;
      sum += accuracy == null ? 0 : accuracy;
    }
    return failed
        ? Observation.failed(running.configuration())
        : Observation.scored(running.configuration(), sum / replicates.size());
  }
}
