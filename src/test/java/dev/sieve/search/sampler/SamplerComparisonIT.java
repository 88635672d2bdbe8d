package dev.sieve.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Learning from outcomes pays: a smaller edition of the table in search.md. */
class SamplerComparisonIT {
  /** The mean shortfall is at most so many times random's, by its geometric mean over the seeds. */
  @ParameterizedTest
  @CsvSource({
    "TPE, BRANIN, 60, 20, 0.6",
    "TPE, HARTMANN_6, 60, 20, 0.6",
    "TPE, NOISY_LOG_QUADRATIC, 60, 20, 0.7",
    "GP, BRANIN, 40, 10, 0.05",
    "GP, HARTMANN_6, 40, 10, 0.4",
    "GP, NOISY_LOG_QUADRATIC, 40, 10, 0.4",
  })
  void adaptiveSamplersBeatRandom(
      SamplerKind kind, TestFunctions function, int trials, int seeds, double share) {
    double[] random = SamplerComparison.shortfalls(SamplerKind.RANDOM, function, trials, seeds);
    double[] own = SamplerComparison.shortfalls(kind, function, trials, seeds);
    double[] ratio = SamplerComparison.logRatio(own, random);
    assertThat(StrictMath.pow(10, ratio[0])).isLessThan(share);
    assertThat(ratio[0] + ratio[1]).as("upper end of the interval").isNegative();
    assertThat(Arrays.stream(own).min().orElseThrow()).isGreaterThan(-1e-9);
  }
}
