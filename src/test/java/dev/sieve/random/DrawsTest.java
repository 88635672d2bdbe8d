package dev.sieve.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawsTest {
  /** Standard deviations from the expected value that a sample statistic may be off. */
  private static final double SIGMAS = 4;

  // The golden values were computed apart from this code, from the published definitions of
  // SplitMix64, xoshiro256++, Lemire's bounded integers, Fisher–Yates and Marsaglia's method.

  @Test
  void longsAreXoshiro256PlusPlusFromSplitMix64() {
    assertLongs(0, 5987356902031041503L, 7051070477665621255L, 6633766593972829180L);
    assertLongs(1, -3475142291704528229L, -4665094578477473651L, 1847458086238483744L);
    assertLongs(-1, 6254647548650071986L, -1835911450961749104L, -2023886839381112181L);
  }

  @Test
  void goldenDoubles() {
    Draws draws = new Draws(1);
    assertThat(draws.nextDouble()).isEqualTo(0.8116121588818848);
    assertThat(draws.nextDouble()).isEqualTo(0.7471047161582187);
    assertThat(draws.nextDouble()).isEqualTo(0.10015090353378375);
  }

  @Test
  void goldenIntegers() {
    assertInts(10, 8, 7, 1, 7, 1, 5, 9, 5, 0, 1, 9, 3);
    // 1.5 · 2³⁰ leaves a remainder: a quarter of the draws is rejected.
    assertInts(3 << 29, 1307192879, 1203296370, 161304320, 1201866395, 951032811, 1589471959);
  }

  @Test
  void goldenNormals() {
    Draws draws = new Draws(1);
    assertThat(draws.nextNormal()).isEqualTo(0.7497765692000015);
    assertThat(draws.nextNormal()).isEqualTo(0.5945638545653684);
    assertThat(draws.nextNormal()).isEqualTo(-0.42669737721760126);
    assertThat(draws.nextNormal()).isEqualTo(0.26274935681340256);
  }

  @Test
  void goldenPermutation() {
    assertThat(new Draws(1).permutation(10)).containsExactly(4, 7, 9, 3, 2, 1, 5, 0, 6, 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 1000, 50_000, 1 << 30, (1 << 30) + 1, Integer.MAX_VALUE})
  void integersStayWithinTheirBound(int bound) {
    Draws draws = new Draws(bound);
    for (int i = 0; i < 2000; i++) {
      assertThat(draws.nextInt(bound)).isBetween(0, bound - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void boundIsPositive(int bound) {
    assertThatThrownBy(() -> new Draws(1).nextInt(bound))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bound >= 1 must hold, but got bound=" + bound);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 97})
  void integersAreUniform(int bound) {
    Draws draws = new Draws(5);
    int[] counts = new int[bound];
    for (int i = 0; i < 1000 * bound; i++) {
      counts[draws.nextInt(bound)]++;
    }
    assertUniform(counts, 1000);
  }

  /** Without rejection the lowest of three parts would be hit twice as often as the others. */
  @Test
  void integersOfALargeBoundAreUniform() {
    Draws draws = new Draws(6);
    int[] counts = new int[3];
    for (int i = 0; i < 30_000; i++) {
      counts[draws.nextInt(3 << 29) / (1 << 29)]++;
    }
    assertUniform(counts, 10_000);
  }

  @Test
  void doublesAreUniformIn01() {
    Draws draws = new Draws(7);
    int[] counts = new int[20];
    for (int i = 0; i < 40_000; i++) {
      double x = draws.nextDouble();
      assertThat(x >= 0 && x < 1).isTrue();
      counts[(int) (x * 20)]++;
    }
    assertUniform(counts, 2000);
  }

  @Test
  void normalsHaveTheMomentsOfANormal() {
    Draws draws = new Draws(8);
    int n = 200_000;
    double[] moments = new double[5];
    int beyondTwo = 0;
    double products = 0;
    double last = 0;
    for (int i = 0; i < n; i++) {
      double x = draws.nextNormal();
      double power = 1;
      for (int k = 0; k < moments.length; k++) {
        moments[k] += power / n;
        power *= x;
      }
      beyondTwo += Math.abs(x) > 2 ? 1 : 0;
      products += x * last / n;
      last = x;
    }
    double error = SIGMAS / Math.sqrt(n);
    // Variances of x, x², x³, x⁴: 1, 2, 15, 96.
    assertThat(moments[1]).isCloseTo(0, within(error));
    assertThat(moments[2]).isCloseTo(1, within(error * Math.sqrt(2)));
    assertThat(moments[3]).isCloseTo(0, within(error * Math.sqrt(15)));
    assertThat(moments[4]).isCloseTo(3, within(error * Math.sqrt(96)));
    assertThat((double) beyondTwo / n).isCloseTo(0.0455, within(error * 0.21));
    assertThat(products).as("x(i) · x(i+1)").isCloseTo(0, within(error));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 10, 1009})
  void permutationHoldsEachNumberOnce(int n) {
    assertThat(new Draws(9).permutation(n))
        .containsExactlyInAnyOrder(IntStream.range(0, n).toArray());
  }

  @Test
  void permutationsAreUniform() {
    Draws draws = new Draws(10);
    int[] counts = new int[24];
    for (int i = 0; i < 24_000; i++) {
      int[] order = draws.permutation(4);
      int afterFirst = (order[1] < order[2] ? 0 : 1) + (order[1] < order[3] ? 0 : 1);
      counts[order[0] * 6 + afterFirst * 2 + (order[2] < order[3] ? 0 : 1)]++;
    }
    assertUniform(counts, 1000);
  }

  private static void assertLongs(long seed, long... expected) {
    Draws draws = new Draws(seed);
    for (long value : expected) {
      assertThat(draws.nextLong()).isEqualTo(value);
    }
  }

  private static void assertInts(int bound, int... expected) {
    Draws draws = new Draws(1);
    assertThat(IntStream.range(0, expected.length).map(i -> draws.nextInt(bound)).toArray())
        .containsExactly(expected);
  }

  /** Chi-square with n − 1 degrees of freedom: mean n − 1, variance 2(n − 1). */
  private static void assertUniform(int[] counts, double expected) {
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    int degrees = counts.length - 1;
    assertThat(chiSquare).isLessThan(degrees + SIGMAS * Math.sqrt(2.0 * degrees));
  }
}
