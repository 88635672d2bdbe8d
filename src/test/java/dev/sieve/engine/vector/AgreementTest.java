package dev.sieve.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.Checkpoint.Precision;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.reference.ReferenceEngine;
import dev.sieve.network.Parameters;
import dev.sieve.trial.TrialGroup;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Float against double, the vector engine against the reference. */
class AgreementTest {
  /** ‖float − double‖ / ‖double‖ of a gradient. */
  private static final double GRADIENT_TOLERANCE = 1e-4;

  /** The same of a network's weights after {@link #STEPS} steps, each of which rounds anew. */
  private static final double TRAINING_TOLERANCE = 5e-5;

  /** The same after {@link #STRETCH} steps from the very same network. */
  private static final double STRETCH_TOLERANCE = 5e-6;

  private static final int STEPS = 200;
  private static final int STRETCH = 10;

  /** Of the nine layers: see {@link #nineLayersTurnASmallDifferenceIntoALargeOneBesideAKink}. */
  private static final int STEPS_BEFORE_A_KINK = 140;

  private static double relative(DMatrixRMaj a, DMatrixRMaj b, double floor) {
    DMatrixRMaj difference = new DMatrixRMaj(a.numRows, a.numCols);
    CommonOps_DDRM.subtract(a, b, difference);
    return NormOps_DDRM.normF(difference) / Math.max(floor, NormOps_DDRM.normF(b));
  }

  @ParameterizedTest
  @EnumSource(Shapes.class)
  void gradientsAgree(Shapes shape) {
    PreparedData data = shape.trial().data();
    TrialGroup group = Runs.group(shape, 2);
    try (EngineSession floats = new VectorEngine().open(group, data.standardiser());
        EngineSession doubles = new ReferenceEngine().open(group, data.standardiser())) {
      for (int network = 0; network < 2; network++) {
        Parameters a = floats.gradients(network, Runs.batch(data, 14, 0));
        Parameters b = doubles.gradients(network, Runs.batch(data, 14, 0));
        for (int layer = 0; layer < a.layers().size(); layer++) {
          var x = a.layers().get(layer);
          var y = b.layers().get(layer);
          assertThat(relative(x.weights(), y.weights(), 1e-3)).isLessThan(GRADIENT_TOLERANCE);
          assertThat(relative(x.biases(), y.biases(), 1e-3)).isLessThan(GRADIENT_TOLERANCE);
          if (x.gamma() != null && x.beta() != null && y.gamma() != null && y.beta() != null) {
            assertThat(relative(x.gamma(), y.gamma(), 1e-3)).isLessThan(GRADIENT_TOLERANCE);
            assertThat(relative(x.beta(), y.beta(), 1e-3)).isLessThan(GRADIENT_TOLERANCE);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Shapes.class)
  void trainedNetworksAgree(Shapes shape) {
    PreparedData data = shape.trial().data();
    TrialGroup group = Runs.group(shape, 2);
    double[] etas = etas(shape);
    int steps = shape == Shapes.DEEP ? STEPS_BEFORE_A_KINK : STEPS;
    try (EngineSession floats = new VectorEngine().open(group, data.standardiser());
        EngineSession doubles = new ReferenceEngine().open(group, data.standardiser())) {
      Runs.steps(floats, data, 14, 0, steps, etas);
      Runs.steps(doubles, data, 14, 0, steps, etas);
      for (int network = 0; network < 2; network++) {
        assertThat(difference(floats, doubles, network)).isLessThan(TRAINING_TOLERANCE);
        assertThat(floats.squaredWeights(network) / doubles.squaredWeights(network))
            .isBetween(1 - TRAINING_TOLERANCE, 1 + TRAINING_TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Shapes.class)
  void everyStretchOfATrainingAgreesFromTheSameNetworkOn(Shapes shape) {
    PreparedData data = shape.trial().data();
    TrialGroup group = Runs.group(shape, 2);
    double[] etas = etas(shape);
    try (EngineSession floats = new VectorEngine().open(group, data.standardiser());
        EngineSession doubles = new ReferenceEngine().open(group, data.standardiser())) {
      for (int step = 0; step < STEPS; step += STRETCH) {
        take(doubles, floats);
        Runs.steps(floats, data, 14, step, step + STRETCH, etas);
        Runs.steps(doubles, data, 14, step, step + STRETCH, etas);
        for (int network = 0; network < 2; network++) {
          assertThat(difference(floats, doubles, network))
              .as("network %s, steps from %s on", network, step)
              .isLessThan(STRETCH_TOLERANCE);
        }
      }
    }
  }

  /**
   * Why the nine layers are not compared to the end: just after step 140 an activation of the
   * second network lies so near to 0 that what the engines differ by, 6e-6 then, decides whether
   * ReLU passes it, and eight layers of batch norm over 7 and 14 images multiply what follows. The
   * reference engine does the same to itself: begun anew from the vector engine's weights of step
   * 140, in double precision throughout, it ends as far from its undisturbed self.
   */
  @Test
  void nineLayersTurnASmallDifferenceIntoALargeOneBesideAKink() {
    PreparedData data = Shapes.DEEP.trial().data();
    TrialGroup group = Runs.group(Shapes.DEEP, 2);
    double[] etas = etas(Shapes.DEEP);
    try (EngineSession floats = new VectorEngine().open(group, data.standardiser());
        EngineSession moved = new ReferenceEngine().open(group, data.standardiser());
        EngineSession doubles = new ReferenceEngine().open(group, data.standardiser())) {
      Runs.steps(floats, data, 14, 0, STEPS_BEFORE_A_KINK, etas);
      Runs.steps(doubles, data, 14, 0, STEPS_BEFORE_A_KINK, etas);
      take(moved, floats);
      assertThat(difference(moved, doubles, 1)).isLessThan(1e-5);

      for (EngineSession session : List.of(floats, moved, doubles)) {
        Runs.steps(session, data, 14, STEPS_BEFORE_A_KINK, STEPS, etas);
      }

      assertThat(difference(moved, doubles, 1)).isGreaterThan(100 * 1e-5);
      assertThat(difference(floats, doubles, 1)).isLessThan(2 * difference(moved, doubles, 1));
    }
  }

  /** Puts the reference engine's networks where the vector engine's are, exactly. */
  private static void take(EngineSession doubles, EngineSession floats) {
    for (int network = 0; network < 2; network++) {
      Checkpoint saved = floats.save(network);
      doubles.load(
          network,
          new Checkpoint(Precision.DOUBLE, saved.steps(), saved.parameters(), saved.rule()));
    }
  }

  /** Of the layer that differs most. */
  private static double difference(EngineSession actual, EngineSession expected, int network) {
    Parameters a = actual.parameters(network);
    Parameters b = expected.parameters(network);
    double most = 0;
    for (int layer = 0; layer < a.layers().size(); layer++) {
      most =
          Math.max(
              most,
              relative(a.layers().get(layer).weights(), b.layers().get(layer).weights(), 1e-3));
    }
    return most;
  }

  /** Lower where rounding errors grow faster than they are made: Adam divides, depth multiplies. */
  private static double[] etas(Shapes shape) {
    return switch (shape) {
      case ADAM, DEEP -> new double[] {1e-3, 2e-3};
      default -> new double[] {0.01, 0.02};
    };
  }
}
