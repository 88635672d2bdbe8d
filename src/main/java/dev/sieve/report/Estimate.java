package dev.sieve.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mean over replicates.
 *
 * @param standardError s/√n with s over n − 1; null for fewer than two
 */
public record Estimate(double mean, @Nullable Double standardError, int n) {
  /** Mean and standard error of at least one value. */
  public static Estimate of(List<Double> values) {
    int n = values.size();
    if (n == 0) {
      throw new IllegalArgumentException("a mean must have at least one value, but got none");
    }
    double mean = values.stream().mapToDouble(v -> v).sum() / n;
    if (n == 1) {
      return new Estimate(mean, null, n);
    }
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return new Estimate(mean, Math.sqrt(squares / (n - 1) / n), n);
  }

  /** {@code 52.50 % ± 0.21 (5)}; without an error for one replicate. */
  public String percent() {
    return text(100, "%.2f", " %");
  }

  /** {@code 1.3421 ± 0.0031 (5)}. */
  public String plain() {
    return text(1, "%.4f", "");
  }

  private String text(double factor, String digits, String unit) {
    String middle = String.format(Locale.ROOT, digits, factor * mean) + unit;
    String error =
        standardError == null
            ? ""
            : " ± " + String.format(Locale.ROOT, digits, factor * standardError);
    return middle + error + " (" + n + ")";
  }
}
