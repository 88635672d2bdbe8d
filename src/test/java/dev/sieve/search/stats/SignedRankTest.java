package dev.sieve.search.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedRankTest {
  @Test
  void manyEqualSizesAreASignTest() {
    List<Double> differences = new ArrayList<>(Collections.nCopies(21, 0.001));
    differences.addAll(Collections.nCopies(9, -0.001));
    // Σ C(30, k) for k ≥ 21, over 2³⁰.
    assertThat(SignedRank.twoSided(differences)).isEqualTo(2 * 22_964_087.0 / (1 << 30));
    double[] figures = differences.stream().mapToDouble(d -> d).toArray();
    PairedComparison found = PairedComparison.of("final", "a", "b", figures);
    assertThat(found.p()).isCloseTo(0.0428, within(5e-5));
    assertThat(found.significant()).isTrue();
  }

  /** All 2ⁿ signs, one by one: what the test is by definition. */
  @Test
  void everySignOfUpToTwelveDifferencesWithTiesAndZeros() {
    long seed = Long.getLong("tests.seed", 20240611);
    Random random = new Random(seed);
    for (int n = 1; n <= 12; n++) {
      for (int i = 0; i < 20; i++) {
        List<Double> d = random.ints(n, -4, 5).mapToObj(v -> v / 8.0).toList();
        double expected = counted(d.stream().mapToDouble(v -> v).filter(v -> v != 0).toArray());
        assertThat(SignedRank.greater(d)).as("%s, seed %s", d, seed).isEqualTo(expected);
      }
    }
  }

  /**
   * Whole counts over 2ⁿ, in Python's integers; those of no ties also scipy 1.17's exact method.
   */
  @ParameterizedTest
  @CsvSource({
    "21, 0.15300750732421875, 0.3060150146484375",
    "25, 0.2666391134262085, 0.533278226852417",
    "40, 0.24290138561627828, 0.48580277123255655",
    "60, 0.11938384229754206, 0.23876768459508413",
    "120, 0.13984989169158438, 0.27969978338316875",
    "250, 0.031198613135704153, 0.062397226271408306",
    "500, 0.0052152647985381955, 0.010430529597076391",
  })
  void exactWithTiesAndZeros(int n, double greater, double twoSided) {
    List<Double> differences = tied(n);
    assertThat(SignedRank.greater(differences)).isCloseTo(greater, within(1e-12 * greater));
    assertThat(SignedRank.twoSided(differences)).isCloseTo(twoSided, within(1e-12 * twoSided));
  }

  @ParameterizedTest
  @CsvSource({
    "21, 0.010785579681396484",
    "30, 0.002169116400182247",
    "50, 0.0016027103251747832",
  })
  void exactWithoutTies(int n, double greater) {
    List<Double> differences =
        IntStream.rangeClosed(1, n)
            .mapToObj(i -> i % 4 == 0 ? i : (i % 3 == 1 ? -1 : 1) * (i + 0.25))
            .toList();
    assertThat(SignedRank.greater(differences)).isCloseTo(greater, within(1e-12));
  }

  @Test
  void theApproximationBeyondKnowsTies() {
    // scipy 1.17, method approx, which takes half a rank for the step.
    assertThat(SignedRank.greater(tied(650))).isCloseTo(0.00187333, within(1e-6));
    List<Double> signs = new ArrayList<>(Collections.nCopies(320, 1.0));
    signs.addAll(Collections.nCopies(260, -1.0));
    // Σ C(580, k) for k ≥ 320, over 2⁵⁸⁰.
    assertThat(SignedRank.greater(signs)).isCloseTo(0.007110968055421356, within(5e-5));
    assertThat(SignedRank.twoSided(signs)).isCloseTo(2 * 0.007110968055421356, within(1e-4));
    List<Double> even = new ArrayList<>(Collections.nCopies(300, 1.0));
    even.addAll(Collections.nCopies(300, -1.0));
    assertThat(SignedRank.twoSided(even)).isEqualTo(1);
  }

  private static List<Double> tied(int n) {
    return IntStream.rangeClosed(1, n)
        .mapToObj(i -> (double) ((i * i * 7 + 3 * i) % 23 - 9))
        .toList();
  }

  private static double counted(double[] d) {
    double[] ranks = new double[d.length];
    double observed = 0;
    for (int i = 0; i < d.length; i++) {
      for (double other : d) {
        ranks[i] +=
            Math.abs(other) < Math.abs(d[i]) ? 1 : Math.abs(other) == Math.abs(d[i]) ? 0.5 : 0;
      }
      ranks[i] += 0.5;
      observed += d[i] > 0 ? ranks[i] : 0;
    }
    int atLeast = 0;
    for (int signs = 0; signs < 1 << d.length; signs++) {
      double sum = 0;
      for (int i = 0; i < d.length; i++) {
        sum += (signs >> i & 1) == 1 ? ranks[i] : 0;
      }
      atLeast += sum >= observed ? 1 : 0;
    }
    return (double) atLeast / (1 << d.length);
  }
}
