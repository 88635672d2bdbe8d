package dev.sieve.search.stats;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Where one more run is expected: mean ± t·s·√(1 + 1/n), with the quantile t of Student's
 * distribution of n − 1 degrees of freedom.
 */
public record PredictionInterval(double low, double high) {
  /**
   * From n ≥ 2 runs that are taken as normal.
   *
   * @param deviation their standard deviation, over n − 1
   * @param confidence the probability that the next one lies inside, 0 … 1
   */
  public static PredictionInterval of(double mean, double deviation, int n, double confidence) {
    if (n < 2 || !(deviation >= 0) || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "n >= 2, deviation >= 0 and 0 < confidence < 1 must hold, but got n=%s, deviation=%s, confidence=%s"
              .formatted(n, deviation, confidence));
    }
    double t = new TDistribution(n - 1).inverseCumulativeProbability((1 + confidence) / 2);
    double half = t * deviation * Math.sqrt(1 + 1.0 / n);
    return new PredictionInterval(mean - half, mean + half);
  }
}
