package dev.sieve.engine.vector;

import dev.sieve.network.Initialiser;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.NetworkSpec;
import dev.sieve.network.Parameters;
import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import dev.sieve.trial.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * One network apart from its group: parameters, the state of their update rule, evaluation
 * statistics. Independent of the group, of panels and of the vector length.
 */
record NetworkState(List<LayerState> layers) {
  /**
   * A trial's untrained network: standard normals of (seed, replicate, layer) times deviations,
   * rounded once; γ = 1 and v = 1, else 0.
   */
  static NetworkState initial(Trial trial, int states) {
    NetworkSpec spec = trial.settings().network();
    boolean affine = spec.batchNorm() != null && spec.batchNorm().affine();
    List<LayerState> layers = new ArrayList<>();
    for (int layer = 0; layer < spec.layers(); layer++) {
      int d = spec.fanIn(layer);
      int m = spec.fanOut(layer);
      boolean normalises = spec.normalises(layer);
      LayerState state =
          new LayerState(
              new float[1 + states][d * m],
              new float[1 + states][m],
              normalises && affine ? new float[1 + states][m] : null,
              normalises && affine ? new float[1 + states][m] : null,
              normalises ? new float[m] : null,
              normalises ? new float[m] : null);
      draw(state.weights()[0], trial, "weights", layer, deviation(spec.weights(), d, m));
      draw(state.biases()[0], trial, "biases", layer, deviation(spec.biases(), d, m));
      if (state.gamma() != null) {
        Arrays.fill(state.gamma()[0], 1);
      }
      if (state.variance() != null) {
        Arrays.fill(state.variance(), 1);
      }
      layers.add(state);
    }
    return new NetworkState(layers);
  }

  private static double deviation(Initialiser initialiser, int fanIn, int fanOut) {
    return initialiser.deviation(fanIn, fanOut);
  }

  /** Row-major order, so that the draws are the same whatever the deviation. */
  private static void draw(
      float[] values, Trial trial, String purpose, int layer, double deviation) {
    Draws draws = Seed.of(trial.seed(), purpose).replicate(trial.replicate()).layer(layer).draws();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (draws.nextNormal() * deviation);
    }
  }

  /** The parameters and evaluation statistics, exactly. */
  Parameters parameters(NetworkSpec spec) {
    List<LayerParameters> matrices = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      LayerState state = layers.get(layer);
      int m = spec.fanOut(layer);
      matrices.add(
          new LayerParameters(
              matrix(state.weights()[0], m),
              matrix(state.biases()[0], m),
              state.gamma() == null ? null : matrix(state.gamma()[0], m),
              state.beta() == null ? null : matrix(state.beta()[0], m),
              state.mean() == null ? null : matrix(state.mean(), m),
              state.variance() == null ? null : matrix(state.variance(), m)));
    }
    return new Parameters(matrices);
  }

  /** What {@link UpdateRule.GradientsOnly} left, with the penalty's part, 2λW, added to dW. */
  Parameters gradients(NetworkSpec spec, double lambda) {
    List<LayerParameters> matrices = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      LayerState state = layers.get(layer);
      int m = spec.fanOut(layer);
      DMatrixRMaj weights = matrix(state.weights()[1], m);
      for (int i = 0; i < weights.data.length; i++) {
        weights.data[i] += 2 * lambda * state.weights()[0][i];
      }
      matrices.add(
          new LayerParameters(
              weights,
              matrix(state.biases()[1], m),
              state.gamma() == null ? null : matrix(state.gamma()[1], m),
              state.beta() == null ? null : matrix(state.beta()[1], m),
              null,
              null));
    }
    return new Parameters(matrices);
  }

  /** The same network with {@code states} empty places for an update rule's state. */
  NetworkState withStates(int states) {
    return new NetworkState(
        layers.stream()
            .map(
                layer ->
                    new LayerState(
                        planes(layer.weights(), states),
                        planes(layer.biases(), states),
                        layer.gamma() == null ? null : planes(layer.gamma(), states),
                        layer.beta() == null ? null : planes(layer.beta(), states),
                        layer.mean(),
                        layer.variance()))
            .toList());
  }

  private static float[][] planes(float[][] planes, int states) {
    float[][] changed = new float[1 + states][planes[0].length];
    changed[0] = planes[0];
    return changed;
  }

  private static DMatrixRMaj matrix(float[] values, int columns) {
    DMatrixRMaj matrix = new DMatrixRMaj(values.length / columns, columns);
    for (int i = 0; i < values.length; i++) {
      matrix.data[i] = values[i];
    }
    return matrix;
  }
}
