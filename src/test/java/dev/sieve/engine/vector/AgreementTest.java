package dev.sieve.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.reference.ReferenceEngine;
import dev.sieve.network.Parameters;
import dev.sieve.trial.TrialGroup;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Float against double, the vector engine against the reference. */
class AgreementTest {
  /** ‖float − double‖ / ‖double‖ of a gradient. */
  private static final double GRADIENT_TOLERANCE = 1e-4;

  /** The same of a network's weights after {@link #STEPS} steps, each of which rounds anew. */
  private static final double TRAINING_TOLERANCE = 2e-3;

  private static final int STEPS = 200;

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
    try (EngineSession floats = new VectorEngine().open(group, data.standardiser());
        EngineSession doubles = new ReferenceEngine().open(group, data.standardiser())) {
      Runs.steps(floats, data, 14, 0, STEPS, etas);
      Runs.steps(doubles, data, 14, 0, STEPS, etas);
      for (int network = 0; network < 2; network++) {
        Parameters a = floats.parameters(network);
        Parameters b = doubles.parameters(network);
        for (int layer = 0; layer < a.layers().size(); layer++) {
          assertThat(
                  relative(a.layers().get(layer).weights(), b.layers().get(layer).weights(), 1e-3))
              .isLessThan(tolerance(shape));
        }
        assertThat(floats.squaredWeights(network) / doubles.squaredWeights(network))
            .isBetween(1 - tolerance(shape), 1 + tolerance(shape));
      }
    }
  }

  /** Lower where rounding errors grow faster than they are made: Adam divides, depth multiplies. */
  private static double[] etas(Shapes shape) {
    return switch (shape) {
      case ADAM, DEEP -> new double[] {1e-3, 2e-3};
      default -> new double[] {0.01, 0.02};
    };
  }

  /** Eight layers that each normalise batches of 7 and 14 images multiply what is rounded. */
  private static double tolerance(Shapes shape) {
    return shape == Shapes.DEEP ? 25 * TRAINING_TOLERANCE : TRAINING_TOLERANCE;
  }
}
