package dev.sieve.search;

import java.util.List;

/**
 * Wilcoxon's signed-rank test (Wilcoxon 1945), exact: one-sided the share of all 2ⁿ ways to give
 * the differences signs whose sum of ranks over the positive ones is at least as large as the
 * observed. Equal sizes share their mean rank; differences of 0 are left out. With five differences
 * of one sign p = 1/32, two-sided 1/16.
 */
public final class SignedRank {
  /** Differences, those of 0 aside, beyond which 2ⁿ signs are too many. */
  static final int MOST = 20;

  private SignedRank() {}

  /**
   * Against the hypothesis that differences are as likely negative as positive, in favour of
   * positive ones.
   *
   * @param differences at most 20; infinite ones rank above all others
   * @return p, 1 where no difference is left
   */
  public static double greater(List<Double> differences) {
    double[] d = differences.stream().mapToDouble(v -> v).filter(v -> v != 0).toArray();
    if (d.length > MOST) {
      throw new IllegalArgumentException(
          "at most %s differences must be given, but got %s".formatted(MOST, d.length));
    }
    for (double v : d) {
      if (Double.isNaN(v)) {
        throw new IllegalArgumentException("differences must be numbers, but got NaN");
      }
    }
    double[] ranks = ranks(d);
    double observed = 0;
    for (int i = 0; i < d.length; i++) {
      observed += d[i] > 0 ? ranks[i] : 0;
    }
    int atLeast = 0;
    for (int signs = 0; signs < 1 << d.length; signs++) {
      double sum = 0;
      for (int i = 0; i < d.length; i++) {
        sum += (signs >> i & 1) == 1 ? ranks[i] : 0;
      }
      // Ranks are halves of whole numbers: sums are exact.
      atLeast += sum >= observed ? 1 : 0;
    }
    return (double) atLeast / (1 << d.length);
  }

  /** Against the same hypothesis, in favour of neither sign. */
  static double twoSided(List<Double> differences) {
    List<Double> negated = differences.stream().map(v -> -v).toList();
    return Math.min(1, 2 * Math.min(greater(differences), greater(negated)));
  }

  /** Mean ranks of the sizes, from 1. */
  private static double[] ranks(double[] d) {
    double[] ranks = new double[d.length];
    for (int i = 0; i < d.length; i++) {
      int below = 0;
      int equal = 0;
      for (double other : d) {
        below += Math.abs(other) < Math.abs(d[i]) ? 1 : 0;
        equal += Math.abs(other) == Math.abs(d[i]) ? 1 : 0;
      }
      ranks[i] = below + (equal + 1) / 2.0;
    }
    return ranks;
  }
}
