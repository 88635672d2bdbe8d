package dev.sieve.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.data.LabelledImages;
import dev.sieve.engine.Batch;
import dev.sieve.engine.MetricAccumulator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyTest {
  private static final LabelledImages IMAGES =
      new LabelledImages(1, new byte[2], new byte[] {2, 0}, List.of("a", "b", "c"));
  private static final Batch BATCH = new Batch(IMAGES, new int[] {0, 1}, 0, 2);

  private static MetricAccumulator tally(double... scores) {
    MetricAccumulator tally = new MetricAccumulator(3);
    new SoftmaxCrossEntropy().forward(new DMatrixRMaj(2, 3, true, scores), BATCH, tally);
    return tally;
  }

  @Test
  void lossIsMinusTheLogarithmOfTheLabelsProbability() {
    MetricAccumulator tally = tally(1, 2, 3, 0, 0, 0);

    double first = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)) - 3;
    assertThat(tally.figures(0.5).loss()).isCloseTo((first + Math.log(3)) / 2, within(1e-14));
    assertThat(tally.figures(0.5).cost()).isCloseTo((first + Math.log(3)) / 2 + 0.5, within(1e-14));
    assertThat(tally.figures(0).accuracy()).isEqualTo(1);
  }

  @Test
  void aShiftOfAllScoresDoesNotShow() {
    assertThat(tally(1001, 1002, 1003, -800, -800, -800).figures(0))
        .isEqualTo(tally(1, 2, 3, 0, 0, 0).figures(0));
  }

  @Test
  void theFirstOfEqualScoresIsPredicted() {
    assertThat(tally(1, 1, 1, 1, 1, 1).confusion().counts())
        .containsExactly(List.of(1, 0, 0), List.of(0, 0, 0), List.of(1, 0, 0));
  }

  @Test
  void farApartScoresStayFinite() {
    assertThat(tally(5000, 0, 0, 0, 0, 0).figures(0).loss())
        .isCloseTo((5000 + Math.log(3)) / 2, within(1e-9));
  }

  @Test
  void whatIsNotANumberOrInfiniteShows() {
    assertThat(tally(Double.NaN, 0, 0, 0, 0, 0).finite()).isFalse();
    assertThat(tally(0, Double.POSITIVE_INFINITY, 0, 0, 0, 0).finite()).isFalse();
  }
}
