package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Batch;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.TestTrials;
import dev.sieve.engine.factory.Engines;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.Parameters;
import dev.sieve.training.gradient.GradientError;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * Why a check of correct gradients can fail before batch norm and pass after it: the cost is
 * evaluated with statistics that do not move with the parameter. The page on the gradient check
 * says more.
 */
class FrozenStatisticsTest {
  private static final double H = 1e-5;

  /** The cost with each layer's stored statistics, batch norm before ReLU. */
  private static double frozenCost(List<LayerParameters> layers, Batch batch, PreparedData data) {
    double loss = 0;
    for (int i = 0; i < batch.count(); i++) {
      double[] x = image(batch, i, data);
      for (LayerParameters layer : layers) {
        x = output(x, layer);
      }
      double sum = 0;
      for (double score : x) {
        sum += Math.exp(score);
      }
      loss += Math.log(sum) - x[batch.label(i)];
    }
    return loss / batch.count();
  }

  private static double[] image(Batch batch, int i, PreparedData data) {
    double[] x = new double[data.standardiser().inputs()];
    for (int j = 0; j < x.length; j++) {
      int pixel = (int) batch.examples().value(batch.example(i), j);
      x[j] = (pixel - data.standardiser().mean()[j]) * data.standardiser().scale()[j];
    }
    return x;
  }

  private static double[] output(double[] x, LayerParameters layer) {
    double[] s = layer.biases().data.clone();
    DMatrixRMaj mean = layer.mean();
    DMatrixRMaj variance = layer.variance();
    for (int j = 0; j < s.length; j++) {
      for (int k = 0; k < x.length; k++) {
        s[j] += x[k] * layer.weights().get(k, j);
      }
      if (mean != null && variance != null) {
        s[j] = Math.max(0, (s[j] - mean.get(j)) / Math.sqrt(variance.get(j) + 1e-5));
      }
    }
    return s;
  }

  @Test
  void onlyTheLastLayerPassesWithFrozenStatistics() {
    TestTrials trial =
        new TestTrials().batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, false));
    PreparedData data = trial.data();
    Batch batch = new Batch(data.train().examples(), data.train().indices(), 0, 20);
    try (EngineSession session =
        Engines.byType("reference").open(trial.alone(), data.standardiser())) {
      session.recomputeStatistics(List.of(batch));
      Parameters parameters = session.parameters(0);
      Parameters analytic = session.gradients(0, batch);

      assertThat(worst(parameters, analytic, 0, batch, data)).isGreaterThan(0.1);
      assertThat(worst(parameters, analytic, 1, batch, data)).isGreaterThan(0.1);
      assertThat(worst(parameters, analytic, 2, batch, data)).isLessThan(1e-6);
    }
  }

  /** Largest element-wise relative error of a layer's biases. */
  private static double worst(
      Parameters parameters, Parameters analytic, int layer, Batch batch, PreparedData data) {
    DMatrixRMaj biases = parameters.layers().get(layer).biases();
    GradientError.Sum sum = new GradientError.Sum();
    for (int j = 0; j < biases.getNumElements(); j++) {
      double value = biases.data[j];
      biases.data[j] = value + H;
      double above = frozenCost(parameters.layers(), batch, data);
      biases.data[j] = value - H;
      double below = frozenCost(parameters.layers(), batch, data);
      biases.data[j] = value;
      sum.add(analytic.layers().get(layer).biases().data[j], (above - below) / (2 * H));
    }
    return sum.error().elements();
  }
}
