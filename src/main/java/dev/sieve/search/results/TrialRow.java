package dev.sieve.search.results;

import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the table holds of a trial at a rung.
 *
 * @param result as stored: NaN stands for a figure that was not finite; never with parameters, and
 *     without a curve unless it was asked for
 * @param run where and how it ran, texts that are not known empty; null where the row does not say
 *     when it began
 * @param settings every effective setting by path
 * @param model path of the weights file relative to the results, or null
 */
public record TrialRow(
    TrialKey key,
    int ordinal,
    TrialResult result,
    @Nullable RunInfo run,
    SortedMap<String, String> settings,
    @Nullable String model,
    Origin origin) {
  /**
   * What the row was computed from and by.
   *
   * @param replicates of its configuration by the plan it was written under; 0 where the row does
   *     not say
   * @param commit the study's commits count from 1; 0 where the row does not say
   */
  public record Origin(
      long seed,
      String dataName,
      String dataFingerprint,
      String plan,
      String engine,
      int numerics,
      int replicates,
      long commit) {}

  public TrialRow {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /** The same with a learning curve, untrained network first. */
  public TrialRow with(List<EpochMetrics> curve) {
    return new TrialRow(key, ordinal, result.with(curve), run, settings, model, origin);
  }

  public Status status() {
    return result.status();
  }

  /** Validation accuracy after the last step; null where there is none. */
  public @Nullable Double validationAccuracy() {
    return result.validation() == null || !Double.isFinite(result.validation().accuracy())
        ? null
        : result.validation().accuracy();
  }
}
