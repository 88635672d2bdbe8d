package dev.sieve.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.reproduce.PublishedComparison.Verdict;
import dev.sieve.search.stats.PredictionInterval;
import dev.sieve.search.stats.SignedRank;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Intervals, verdicts and tests against values worked out by hand. */
class StatisticsTest {
  private static final double TINY = 1e-12;

  @Test
  void predictionIntervalUsesStudentsQuantile() {
    // t of 4 degrees of freedom at 0.975 is 2.776445.
    PredictionInterval interval = PredictionInterval.of(10, 2, 5, 0.95);
    double half = 2.7764451 * 2 * Math.sqrt(1.2);
    assertThat(interval.low()).isCloseTo(10 - half, within(1e-6));
    assertThat(interval.high()).isCloseTo(10 + half, within(1e-6));
    assertThatThrownBy(() -> PredictionInterval.of(0, 1, 1, 0.95)).hasMessageContaining("n=1");
    assertThatThrownBy(() -> PredictionInterval.of(0, Double.NaN, 3, 0.95))
        .hasMessageContaining("NaN");
  }

  @Test
  void verdictsGiveAPointOfSlack() {
    List<Double> ours = List.of(0.50, 0.51, 0.52, 0.51, 0.51);
    double s = PublishedComparison.deviation(ours);
    double high = 0.51 + 2.7764451 * s * Math.sqrt(1.2) + 0.01;
    assertThat(PublishedComparison.of(number("test_accuracy", high - 1e-6), ours, "").verdict())
        .isEqualTo(Verdict.INSIDE);
    PublishedComparison above =
        PublishedComparison.of(number("test_accuracy", high + 0.02), ours, "");
    assertThat(above.verdict()).isEqualTo(Verdict.ABOVE);
    assertThat(above.distance()).isCloseTo(0.02, within(1e-6));
    assertThat(above.text()).isEqualTo("above by 2.00 points");
    assertThat(above.mean()).isCloseTo(0.51, within(TINY));
    assertThat(PublishedComparison.of(number("test_accuracy", 0.1), ours, "").text())
        .startsWith("below by 3");
  }

  @Test
  void lossesAndSingleRunsHaveTheirSlack() {
    assertThat(PublishedComparison.of(number("train_cost", 1.46), List.of(1.42), "").verdict())
        .isEqualTo(Verdict.INSIDE);
    PublishedComparison outside =
        PublishedComparison.of(number("train_cost", 1.48), List.of(1.42), "");
    assertThat(outside.text()).isEqualTo("above by 0.010");
    assertThat(outside.deviation()).isNull();
  }

  @Test
  void gradientErrorsCompareByDecades() {
    List<Double> ours = List.of(1e-9, 2e-9, 1e-9, 2e-9, 1.5e-9);
    assertThat(PublishedComparison.of(check(8e-9), ours, "").verdict()).isEqualTo(Verdict.INSIDE);
    PublishedComparison failed = PublishedComparison.of(check(1.0), ours, "");
    assertThat(failed.verdict()).isEqualTo(Verdict.ABOVE);
    assertThat(failed.distance()).isBetween(7.0, 8.0);
    // Printed as 0.0000e-5: anything below 5e-10.
    assertThat(PublishedComparison.of(check(0), ours, "").verdict()).isEqualTo(Verdict.INSIDE);
  }

  @Test
  void signedRankIsExact() {
    assertThat(SignedRank.greater(List.of(1.0, 2.0, 3.0, 4.0, 5.0))).isEqualTo(1 / 32.0);
    assertThat(SignedRank.greater(List.of(-1.0, 2.0, 3.0, 4.0, 5.0))).isEqualTo(2 / 32.0);
    assertThat(SignedRank.greater(List.of(-1.0, -2.0, -3.0))).isEqualTo(1);
    // Ranks 1.5, 1.5, 3: sums at least 4.5 of the 8: {3, 1.5} twice and all.
    assertThat(SignedRank.greater(List.of(1.0, -1.0, 2.0))).isEqualTo(3 / 8.0);
    assertThat(SignedRank.greater(List.of(0.0, 0.0))).isEqualTo(1);
    assertThat(SignedRank.greater(List.of(Double.POSITIVE_INFINITY, 1.0))).isEqualTo(0.25);
    assertThatThrownBy(() -> SignedRank.greater(List.of(Double.NaN))).hasMessageContaining("NaN");
  }

  @Test
  void fisherIsHypergeometric() {
    assertThat(PairedSamples.fisher(5, 5, 0, 5)).isCloseTo(1 / 252.0, within(TINY));
    assertThat(PairedSamples.fisher(0, 5, 5, 5)).isCloseTo(1, within(TINY));
    assertThat(PairedSamples.fisher(0, 5, 0, 5)).isCloseTo(1, within(TINY));
    // Lady tasting tea: 3 of 4 and 1 of 4.
    assertThat(PairedSamples.fisher(3, 4, 1, 4)).isCloseTo(17 / 70.0, within(TINY));
  }

  @Test
  void claimsAreAnsweredByTheirParts() {
    Claim.Part yes = new Claim.Part("a", 5, "", 1 / 32.0, 1);
    Claim.Part unclear = new Claim.Part("b", 5, "", 0.4, 0.6);
    Claim.Part no = new Claim.Part("c", 5, "", 1, 1 / 32.0);
    assertThat(claim(yes, yes).answer()).isEqualTo(Claim.Answer.CONFIRMED);
    assertThat(claim(yes, unclear).answer()).isEqualTo(Claim.Answer.UNDECIDED);
    assertThat(claim(yes, no).answer()).isEqualTo(Claim.Answer.REFUTED);
    assertThat(claim(yes, new Claim.Part("d", 0, "", 1, 1)).answer())
        .isEqualTo(Claim.Answer.NOT_RUN);
    assertThat(claim(yes, unclear).p()).isEqualTo(0.4);
  }

  private static Claim claim(Claim.Part... parts) {
    return new Claim("", "", "", List.of(parts));
  }

  private static PublishedNumber number(String figure, double published) {
    return new PublishedNumber(
        "r", "e", "", "", published, "", "study", TrialFilter.of(""), figure, "", "");
  }

  private static PublishedNumber check(double published) {
    return new PublishedNumber(
        "r", "e", "", "", published, "", "check:c", TrialFilter.of(""), "W1 centred norms", "", "");
  }
}
