package dev.sieve.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.BatchNorm.Statistics;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;

class BatchNormalisationTest {
  private static final int WIDTH = 3;

  private static BatchNormalisation layer(double epsilon) {
    return new BatchNormalisation(
        WIDTH,
        new BatchNorm(
            Placement.BEFORE_ACTIVATION, true, epsilon, Statistics.MOVING_AVERAGE, 0.9, 100));
  }

  private static DMatrixRMaj batch(int images, long seed) {
    return RandomMatrices_DDRM.rectangle(images, WIDTH, -2, 5, new Random(seed));
  }

  private static double mean(DMatrixRMaj s, int column) {
    double sum = 0;
    for (int i = 0; i < s.numRows; i++) {
      sum += s.get(i, column);
    }
    return sum / s.numRows;
  }

  private static double variance(DMatrixRMaj s, int column) {
    double sum = 0;
    for (int i = 0; i < s.numRows; i++) {
      sum += Math.pow(s.get(i, column) - mean(s, column), 2);
    }
    return sum / s.numRows;
  }

  private static void assertClose(DMatrixRMaj actual, DMatrixRMaj expected, double tolerance) {
    assertThat(actual.numRows).isEqualTo(expected.numRows);
    for (int i = 0; i < expected.getNumElements(); i++) {
      assertThat(actual.data[i]).isCloseTo(expected.data[i], within(tolerance));
    }
  }

  @Test
  void outputsHaveMeanZeroAndVarianceOne() {
    DMatrixRMaj output = layer(0).forward(batch(17, 1), Normalise.BY_BATCH);

    for (int j = 0; j < WIDTH; j++) {
      assertThat(mean(output, j)).isCloseTo(0, within(1e-14));
      assertThat(variance(output, j)).isCloseTo(1, within(1e-14));
    }
  }

  @Test
  void shiftAndScaleOfTheInputDoNotShow() {
    DMatrixRMaj moved = batch(17, 1);
    CommonOps_DDRM.scale(7, moved);
    CommonOps_DDRM.add(moved, 100);

    assertClose(
        layer(0).forward(moved, Normalise.BY_BATCH),
        layer(0).forward(batch(17, 1), Normalise.BY_BATCH),
        1e-12);
  }

  @Test
  void aConstantUnitWithoutEpsilonIsZero() {
    DMatrixRMaj constant = new DMatrixRMaj(4, WIDTH);
    CommonOps_DDRM.fill(constant, 0.25);
    BatchNormalisation layer = layer(0);

    DMatrixRMaj output = layer.forward(constant, Normalise.BY_BATCH);
    layer.parameterGradients(batch(4, 2));

    assertThat(CommonOps_DDRM.elementMaxAbs(output)).isZero();
    assertThat(CommonOps_DDRM.elementMaxAbs(layer.inputGradient(batch(4, 2)))).isZero();
  }

  @Test
  void epsilonIsAddedToTheVariance() {
    DMatrixRMaj input = batch(9, 3);

    DMatrixRMaj output = layer(2).forward(input, Normalise.BY_BATCH);

    double expected = (input.get(4, 1) - mean(input, 1)) / Math.sqrt(variance(input, 1) + 2);
    assertThat(output.get(4, 1)).isCloseTo(expected, within(1e-14));
  }

  @Test
  void movingAveragesStartFromTheFirstBatchWhateverWasPooledBefore() {
    BatchNormalisation layer = layer(1e-5);
    DMatrixRMaj first = batch(8, 4);
    DMatrixRMaj second = batch(8, 5);
    layer.forward(batch(8, 6), Normalise.BY_BATCH);
    layer.pool(1);

    layer.forward(first, Normalise.BY_BATCH);
    layer.followBatch();
    assertThat(layer.mean().get(0)).isCloseTo(mean(first, 0), within(1e-15));

    layer.forward(second, Normalise.BY_BATCH);
    layer.followBatch();
    for (int j = 0; j < WIDTH; j++) {
      assertThat(layer.mean().get(j))
          .isCloseTo(0.9 * mean(first, j) + 0.1 * mean(second, j), within(1e-14));
      assertThat(layer.variance().get(j))
          .isCloseTo(0.9 * variance(first, j) + 0.1 * variance(second, j), within(1e-14));
    }
  }

  @Test
  void pooledStatisticsAreThoseOfAllImages() {
    DMatrixRMaj all = batch(23, 7);
    BatchNormalisation layer = layer(1e-5);
    layer.forward(CommonOps_DDRM.extract(all, 0, 10, 0, WIDTH), Normalise.BY_BATCH);
    layer.pool(1);
    layer.forward(CommonOps_DDRM.extract(all, 10, 20, 0, WIDTH), Normalise.BY_BATCH);
    layer.pool(10.0 / 20);
    layer.forward(CommonOps_DDRM.extract(all, 20, 23, 0, WIDTH), Normalise.BY_BATCH);
    layer.pool(3.0 / 23);

    for (int j = 0; j < WIDTH; j++) {
      assertThat(layer.mean().get(j)).isCloseTo(mean(all, j), within(1e-14));
      assertThat(layer.variance().get(j)).isCloseTo(variance(all, j), within(1e-13));
    }
  }

  @Test
  void evaluationWithABatchsOwnStatisticsIsItsTrainingForward() {
    DMatrixRMaj input = batch(11, 8);
    BatchNormalisation layer = layer(1e-5);
    DMatrixRMaj training = layer.forward(input, Normalise.BY_BATCH).copy();
    layer.pool(1);

    DMatrixRMaj evaluation = layer.forward(input, Normalise.BY_STATISTICS);

    assertThat(evaluation.data).startsWith(training.data);
  }
}
