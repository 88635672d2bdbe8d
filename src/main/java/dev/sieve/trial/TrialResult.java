package dev.sieve.trial;

import dev.sieve.network.Parameters;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trial's training came to; a function of the plan alone.
 *
 * @param steps steps taken
 * @param epochs epochs trained, a last partial one counted whole
 * @param train full training set after the last step; null unless {@code DONE}, {@code PAUSED} or
 *     {@code PRUNED}
 * @param validation likewise
 * @param test likewise, and null where the trial does not touch test data
 * @param curve rows from the untrained network on, as far as it came
 * @param confusion on the test set where that was measured, else on the validation set; null unless
 *     finished
 * @param divergedEpoch the epoch of the first NaN or infinity; null unless {@code DIVERGED}
 * @param error stack trace; null unless {@code FAILED} or {@code LOST}
 * @param parameters null unless the settings ask for the model
 */
public record TrialResult(
    Status status,
    long steps,
    int epochs,
    @Nullable Figures train,
    @Nullable Figures validation,
    @Nullable Figures test,
    List<EpochMetrics> curve,
    @Nullable ConfusionMatrix confusion,
    @Nullable Integer divergedEpoch,
    @Nullable String error,
    @Nullable Parameters parameters)
    implements Serializable {
  public TrialResult {
    curve = List.copyOf(curve);
  }

  /** A trial that ended by an exception. */
  public static TrialResult failed(Status status, String error) {
    return new TrialResult(status, 0, 0, null, null, null, List.of(), null, null, error, null);
  }

  /**
   * The row of the best validation accuracy, the earliest of equals; null where no finite row
   * exists.
   */
  public @Nullable EpochMetrics best() {
    EpochMetrics best = null;
    for (EpochMetrics row : curve) {
      if (row.validation().finite()
          && (best == null || row.validation().accuracy() > best.validation().accuracy())) {
        best = row;
      }
    }
    return best;
  }
}
