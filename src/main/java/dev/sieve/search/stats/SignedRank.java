package dev.sieve.search.stats;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.special.Erf;

/**
 * Wilcoxon's signed-rank test (Wilcoxon 1945). Up to {@value #MOST} differences it is exact:
 * one-sided the share of all 2ⁿ ways to give the differences signs whose sum of ranks over the
 * positive ones is at least as large as the observed. Equal sizes share their mean rank;
 * differences of 0 are left out. With five differences of one sign p = 1/32, two-sided 1/16. Beyond
 * that the sum counts as normal, its variance corrected for ties (Lehmann 1975, Nonparametrics).
 */
public final class SignedRank {
  /** Differences, those of 0 aside, beyond which p is approximate. */
  static final int MOST = 500;

  private SignedRank() {}

  /**
   * Against the hypothesis that differences are as likely negative as positive, in favour of
   * positive ones.
   *
   * @param differences infinite ones rank above all others
   * @return p, 1 where no difference is left
   */
  public static double greater(List<Double> differences) {
    double[] d = differences.stream().mapToDouble(v -> v).filter(v -> v != 0).toArray();
    for (double v : d) {
      if (Double.isNaN(v)) {
        throw new IllegalArgumentException("differences must be numbers, but got NaN");
      }
    }
    int[] ranks = doubledRanks(d);
    long observed = 0;
    for (int i = 0; i < d.length; i++) {
      observed += d[i] > 0 ? ranks[i] : 0;
    }
    return d.length <= MOST ? exact(ranks, observed) : normal(ranks, observed);
  }

  /** Against the same hypothesis, in favour of neither sign. */
  static double twoSided(List<Double> differences) {
    List<Double> negated = differences.stream().map(v -> -v).toList();
    return Math.min(1, 2 * Math.min(greater(differences), greater(negated)));
  }

  /**
   * P(S ≥ observed), S the sum of each doubled rank or 0, evenly: the distribution of S is
   * convolved with one rank after the other. Exact up to 53 ranks, whose counts fit a double;
   * within 1e-13 of its size beyond.
   */
  private static double exact(int[] ranks, long observed) {
    int most = Arrays.stream(ranks).sum();
    double[] chance = new double[most + 1];
    chance[0] = 1;
    int reached = 0;
    for (int rank : ranks) {
      reached += rank;
      for (int sum = reached; sum >= rank; sum--) {
        chance[sum] = (chance[sum] + chance[sum - rank]) / 2;
      }
      for (int sum = rank - 1; sum >= 0; sum--) {
        chance[sum] /= 2;
      }
    }
    double p = 0;
    for (int sum = most; sum >= observed; sum--) {
      p += chance[sum]; // the smallest first
    }
    return Math.min(1, p);
  }

  /**
   * P(S ≥ observed) for a normal S, with half a step of continuity: S moves in steps of the ranks'
   * greatest common divisor, which is large where many sizes are equal.
   */
  private static double normal(int[] ranks, long observed) {
    double mean = 0;
    double variance = 0;
    int step = 0;
    for (int rank : ranks) {
      mean += rank / 2.0;
      variance += rank / 2.0 * (rank / 2.0); // of mean ranks: the correction for ties is in them
      step = greatestCommonDivisor(rank, step);
    }
    return Erf.erfc((observed - step / 2.0 - mean) / StrictMath.sqrt(2 * variance)) / 2;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /** Twice the mean ranks of the sizes, from 1: whole numbers. */
  private static int[] doubledRanks(double[] d) {
    double[] sizes = Arrays.stream(d).map(Math::abs).sorted().toArray();
    int[] ranks = new int[d.length];
    for (int i = 0; i < d.length; i++) {
      int some = Arrays.binarySearch(sizes, Math.abs(d[i]));
      int first = some;
      int last = some;
      while (first > 0 && sizes[first - 1] == sizes[some]) {
        first--;
      }
      while (last < sizes.length - 1 && sizes[last + 1] == sizes[some]) {
        last++;
      }
      ranks[i] = first + last + 2;
    }
    return ranks;
  }
}
