package dev.sieve.search.results;

import dev.sieve.trial.RunInfo;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the view {@code trials} with its learning curve: what a report shows of one trial.
 *
 * @param result as stored: NaN stands for a figure that was not finite; never with parameters
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
    Map<String, String> settings,
    @Nullable String model,
    Origin origin) {
  /** What the row was computed from and by. */
  public record Origin(
      long seed,
      String dataName,
      String dataFingerprint,
      String plan,
      String engine,
      int numerics) {}

  public TrialRow {
    settings = Map.copyOf(settings);
  }

  /** Validation accuracy after the last step; null where there is none. */
  public @Nullable Double validationAccuracy() {
    return result.validation() == null || !Double.isFinite(result.validation().accuracy())
        ? null
        : result.validation().accuracy();
  }
}
