package dev.sieve.search;

import dev.sieve.trial.Figures;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decisions may know of a trial's outcome: no more than its row in the table holds, so that a
 * resumed study decides as an undisturbed one.
 */
record Told(Status status, @Nullable Double accuracy) {
  static Told of(StoredTrial row) {
    return new Told(row.status(), row.validationAccuracy());
  }

  static Told of(TrialOutcome outcome) {
    Figures validation = outcome.result().validation();
    return new Told(outcome.result().status(), validation == null ? null : validation.accuracy());
  }

  /** The same of a trial that was stopped. */
  Told pruned() {
    return new Told(Status.PRUNED, accuracy);
  }

  /** Whether it has the figures of its last step, at a rung or at the end. */
  private boolean stands() {
    return status == Status.DONE || status == Status.PAUSED || status == Status.PRUNED;
  }

  /** A configuration's observation from those of all its replicates, in their order. */
  static Observation together(Observation running, List<Told> replicates) {
    double sum = 0;
    boolean failed = false;
    for (Told told : replicates) {
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
