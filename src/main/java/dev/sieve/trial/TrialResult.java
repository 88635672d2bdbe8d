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
 * @param curve rows of the trial's stage, as far as it came; the first stage's begin with the
 *     untrained network
 * @param confusion on the test set where that was measured, else on the validation set; null unless
 *     there are figures
 * @param divergedEpoch the epoch of the first NaN or infinity; null unless {@code DIVERGED}
 * @param error stack trace where {@code FAILED}, reason where {@code LOST}; else null
 * @param parameters null unless the settings ask for the model
 * @param best the row of the best validation accuracy of the whole trial so far, the earliest of
 *     equals; null where no finite row exists. A row that only an earlier stage's end brought is
 *     left out: it is none of the trial's own.
 */
public record TrialResult(
    Status status,
    long steps,
    int epochs,
    @Nullable Metrics train,
    @Nullable Metrics validation,
    @Nullable Metrics test,
    List<EpochMetrics> curve,
    @Nullable ConfusionMatrix confusion,
    @Nullable Integer divergedEpoch,
    @Nullable String error,
    @Nullable Parameters parameters,
    @Nullable EpochMetrics best)
    implements Serializable {
  public TrialResult {
    curve = List.copyOf(curve);
  }

  /** A trial with all its rows. */
  public TrialResult(
      Status status,
      long steps,
      int epochs,
      @Nullable Metrics train,
      @Nullable Metrics validation,
      @Nullable Metrics test,
      List<EpochMetrics> curve,
      @Nullable ConfusionMatrix confusion,
      @Nullable Integer divergedEpoch,
      @Nullable String error,
      @Nullable Parameters parameters) {
    this(
        status,
        steps,
        epochs,
        train,
        validation,
        test,
        curve,
        confusion,
        divergedEpoch,
        error,
        parameters,
        best(curve));
  }

  /** The same with other rows, all of the trial's. */
  public TrialResult with(List<EpochMetrics> rows) {
    return new TrialResult(
        status,
        steps,
        epochs,
        train,
        validation,
        test,
        rows,
        confusion,
        divergedEpoch,
        error,
        parameters);
  }

  /** A trial that ended by an exception. */
  public static TrialResult failed(Status status, String error) {
    return new TrialResult(status, 0, 0, null, null, null, List.of(), null, null, error, null);
  }

  private static @Nullable EpochMetrics best(List<EpochMetrics> curve) {
    EpochMetrics best = null;
    for (EpochMetrics row : curve) {
      best = better(best, row);
    }
    return best;
  }

  /** {@code row} where its validation accuracy is higher, or where there is no other finite row. */
  public static @Nullable EpochMetrics better(@Nullable EpochMetrics best, EpochMetrics row) {
    boolean better =
        row.validation().finite()
            && (best == null || row.validation().accuracy() > best.validation().accuracy());
    return better ? row : best;
  }
}
