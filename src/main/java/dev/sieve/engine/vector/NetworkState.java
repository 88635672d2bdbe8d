package dev.sieve.engine.vector;

import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.Checkpoint.Precision;
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
import java.util.Objects;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

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
    List<LayerParameters> plane = plane(spec, 0).layers();
    for (int layer = 0; layer < layers.size(); layer++) {
      LayerState state = layers.get(layer);
      LayerParameters values = plane.get(layer);
      int m = spec.fanOut(layer);
      matrices.add(
          new LayerParameters(
              values.weights(),
              values.biases(),
              values.gamma(),
              values.beta(),
              state.mean() == null ? null : matrix(state.mean(), m),
              state.variance() == null ? null : matrix(state.variance(), m)));
    }
    return new Parameters(matrices);
  }

  /** The parameters for 0, else what their update rule keeps of them; without statistics. */
  private Parameters plane(NetworkSpec spec, int plane) {
    List<LayerParameters> matrices = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      LayerState state = layers.get(layer);
      int m = spec.fanOut(layer);
      matrices.add(
          new LayerParameters(
              matrix(state.weights()[plane], m),
              matrix(state.biases()[plane], m),
              state.gamma() == null ? null : matrix(state.gamma()[plane], m),
              state.beta() == null ? null : matrix(state.beta()[plane], m),
              null,
              null));
    }
    return new Parameters(matrices);
  }

  /** The same after so many steps, for another session. */
  Checkpoint checkpoint(NetworkSpec spec, long steps) {
    List<Parameters> rule = new ArrayList<>();
    for (int plane = 1; plane < layers.get(0).weights().length; plane++) {
      rule.add(plane(spec, plane));
    }
    return new Checkpoint(Precision.SINGLE, steps, parameters(spec), rule);
  }

  /** What {@link #checkpoint} was made from. */
  static NetworkState of(Checkpoint checkpoint) {
    List<Parameters> planes = new ArrayList<>(List.of(checkpoint.parameters()));
    planes.addAll(checkpoint.rule());
    List<LayerState> layers = new ArrayList<>();
    for (int i = 0; i < checkpoint.parameters().layers().size(); i++) {
      int layer = i;
      List<LayerParameters> all = planes.stream().map(p -> p.layers().get(layer)).toList();
      LayerParameters values = all.get(0);
      layers.add(
          new LayerState(
              floats(all, LayerParameters::weights),
              floats(all, LayerParameters::biases),
              values.gamma() == null ? null : floats(all, LayerParameters::gamma),
              values.beta() == null ? null : floats(all, LayerParameters::beta),
              values.mean() == null ? null : floats(values.mean()),
              values.variance() == null ? null : floats(values.variance())));
    }
    return new NetworkState(layers);
  }

  private static float[][] floats(
      List<LayerParameters> planes, Function<LayerParameters, @Nullable DMatrixRMaj> part) {
    float[][] values = new float[planes.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats(Objects.requireNonNull(part.apply(planes.get(i)), "a state is missing"));
    }
    return values;
  }

  private static float[] floats(DMatrixRMaj matrix) {
    float[] values = new float[matrix.getNumElements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) matrix.data[i];
    }
    return values;
  }

  /** What {@link UpdateRule.GradientsOnly} left, with the penalty's part, 2λW, added to dW. */
  Parameters gradients(NetworkSpec spec, double lambda) {
    Parameters gradients = plane(spec, 1);
    for (int layer = 0; layer < layers.size(); layer++) {
      DMatrixRMaj weights = gradients.layers().get(layer).weights();
      for (int i = 0; i < weights.data.length; i++) {
        weights.data[i] += 2 * lambda * layers.get(layer).weights()[0][i];
      }
    }
    return gradients;
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
