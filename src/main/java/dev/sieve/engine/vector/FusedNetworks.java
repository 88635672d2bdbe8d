package dev.sieve.engine.vector;

import dev.sieve.kernel.Arena;
import dev.sieve.kernel.Blocks;
import dev.sieve.kernel.Kernels;
import dev.sieve.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * T networks of one shape, layer by layer side by side. No column depends on another network's, so
 * what a network computes does not depend on its company.
 */
final class FusedNetworks {
  private final Kernels kernels;
  private final NetworkSpec spec;
  private final UpdateRule rule;
  private final int networks;
  private final int rows;
  private final List<Layer> layers = new ArrayList<>();
  private final float[] loss;
  private final int[] predicted;
  private final float[] squares;

  /**
   * @param lambdas λ, one a network
   * @param rows the largest batch
   */
  FusedNetworks(
      Kernels kernels,
      NetworkSpec spec,
      UpdateRule rule,
      double[] lambdas,
      List<NetworkState> states,
      int rows) {
    this.kernels = kernels;
    this.spec = spec;
    this.rule = rule;
    this.networks = lambdas.length;
    this.rows = rows;
    Arena arena = new Arena();
    int columns = 0;
    for (int index = 0; index < spec.layers(); index++) {
      Layer layer = new Layer(kernels, arena, spec, index, lambdas, rule, rows);
      layers.add(layer);
      columns = Math.max(columns, layer.columns());
    }
    arena.allocate();
    for (int network = 0; network < networks; network++) {
      load(network, states.get(network));
    }
    this.loss = new float[rows];
    this.predicted = new int[rows];
    this.squares = new float[columns];
  }

  int rows() {
    return rows;
  }

  /** Scores of X by the batch's statistics. */
  void forwardByBatch(Blocks x, int n) {
    Blocks input = x;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      layer.scores(input, n);
      if (i < layers.size() - 1) {
        layer.activateByBatch(n);
      }
      input = layer.a;
    }
  }

  /** Scores of X by the evaluation statistics. */
  void forwardByStatistics(Blocks x, int n) {
    Blocks input = x;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      layer.scores(input, n);
      if (i < layers.size() - 1) {
        layer.activateByStatistics(n);
      }
      input = layer.a;
    }
  }

  /**
   * Softmax of one network's scores, after a forward pass; the scores become ∂(mean loss)/∂S.
   * {@link #loss} and {@link #predicted} tell of it until the next call.
   */
  void losses(int network, int[] labels, int n) {
    Layer output = layers.get(layers.size() - 1);
    int block = network * Blocks.count(spec.classes());
    kernels.softmax(output.s, block, n, spec.classes(), labels, loss, predicted);
  }

  float loss(int image) {
    return loss[image];
  }

  int predicted(int image) {
    return predicted[image];
  }

  /** Backward from ∂(mean loss)/∂S, each layer updated once its W is no longer needed. */
  void backwardAndUpdate(Blocks x, int n, double[] etas) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      if (i < layers.size() - 1) {
        layer.activationGradient(n);
      }
      if (i > 0) {
        layer.inputGradient(layers.get(i - 1).d, n);
      }
      layer.rates(rule, etas);
      layer.update(rule, i == 0 ? x : layers.get(i - 1).a, n);
    }
  }

  void startFromBatch() {
    for (Layer layer : layers) {
      BatchNormalisation norm = layer.norm();
      if (norm != null) {
        norm.startFromBatch();
      }
    }
  }

  void followBatch() {
    // By index: an iterator is 32 bytes a step wherever the compiler cannot prove that it stays.
    for (int i = 0; i < layers.size(); i++) {
      BatchNormalisation norm = layers.get(i).norm();
      if (norm != null) {
        norm.followBatch();
      }
    }
  }

  /** See {@link BatchNormalisation#pool}; a weight of 1 starts anew. */
  void pool(double weight) {
    if (weight == 1) {
      startFromBatch();
      return;
    }
    for (Layer layer : layers) {
      BatchNormalisation norm = layer.norm();
      if (norm != null) {
        norm.pool(weight);
      }
    }
  }

  /** ΣW² of every network: float chains down the columns, their sums added in double. */
  void squaredWeights(double[] sums) {
    java.util.Arrays.fill(sums, 0);
    for (Layer layer : layers) {
      layer.squaredWeights(squares, sums);
    }
  }

  void load(int network, NetworkState state) {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).load(network, state.layers().get(i));
    }
  }

  NetworkState save(int network) {
    return new NetworkState(layers.stream().map(layer -> layer.save(network)).toList());
  }
}
