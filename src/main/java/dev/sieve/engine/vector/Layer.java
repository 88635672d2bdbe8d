package dev.sieve.engine.vector;

import dev.sieve.kernel.Arena;
import dev.sieve.kernel.Blocks;
import dev.sieve.kernel.ColumnRates;
import dev.sieve.kernel.Kernels;
import dev.sieve.kernel.Panels;
import dev.sieve.network.NetworkSpec;
import org.jspecify.annotations.Nullable;

/**
 * One layer of T networks: S = X·W + b, then batch norm and ReLU but in the last layer. The first
 * layer's networks share their input and are one wide product over packed columns; in the others
 * each network has a product of its own.
 *
 * <p>Of each network X[n×d], W[d×m], b[1×m], S[n×m], A[n×m]; D = ∂cost/∂A, G = ∂cost/∂S.
 */
final class Layer {
  private final Kernels kernels;
  private final int inputs;
  private final ColumnLayout layout;
  private final boolean first;
  private final boolean last;
  private final TrainedPanels[] weights;
  private final Panels scratch;
  private final TrainedColumns biases;
  private final @Nullable BatchNormalisation norm;
  private final ColumnRates weightRates;
  private final ColumnRates columnRates;
  private final int[] owners;

  /** Scores, then what the backward pass needs; in the last layer G. */
  final Blocks s;

  /** A of the networks, each from a block of its own; shared blocks behind them. */
  final Blocks a;

  final Blocks d;
  final Blocks g;

  Layer(
      Kernels kernels,
      Arena arena,
      NetworkSpec spec,
      int index,
      double[] lambdas,
      UpdateRule rule,
      int rows) {
    int networks = lambdas.length;
    int width = spec.fanOut(index);
    this.kernels = kernels;
    this.inputs = spec.fanIn(index);
    this.first = index == 0;
    this.last = index == spec.layers() - 1;
    // The last layer's columns are separate even if it is the first: softmax wants them so.
    this.layout =
        first && !last
            ? ColumnLayout.packed(networks, width)
            : ColumnLayout.separate(networks, width);
    this.weights = new TrainedPanels[first ? 1 : networks];
    for (int unit = 0; unit < weights.length; unit++) {
      int columns = first ? layout.columns() : width;
      weights[unit] = TrainedPanels.of(arena, inputs, columns, rule.states());
    }
    this.scratch = Kernels.newScratch(arena);
    this.biases = TrainedColumns.of(layout.columns(), rule.states());
    this.norm =
        spec.normalises(index) && spec.batchNorm() != null
            ? new BatchNormalisation(kernels, spec.batchNorm(), layout.columns(), rule.states())
            : null;
    this.weightRates = new ColumnRates(layout.columns());
    this.columnRates = new ColumnRates(weightRates.rate(), new float[layout.columns()]);
    this.owners = layout.owners();
    for (int j = 0; j < owners.length; j++) {
      weightRates.penalty()[j] = owners[j] < 0 ? 0 : (float) (2 * lambdas[owners[j]]);
    }
    int separate = networks * layout.own() + layout.shared();
    this.s = new Blocks(arena, layout.blocks(), rows);
    this.a = last ? s : new Blocks(arena, separate, rows);
    this.d = last ? s : new Blocks(arena, separate, rows);
    this.g = last ? s : new Blocks(arena, layout.blocks(), rows);
  }

  /** S = X·W + b. */
  void scores(Blocks x, int n) {
    for (int block = 0; block < layout.blocks(); block++) {
      kernels.fill(biases.value(), s, block, n);
    }
    for (int unit = 0; unit < weights.length; unit++) {
      kernels.product(x, inputBlock(unit), weights[unit].value(), s, outputBlock(unit), n);
    }
  }

  private int inputBlock(int unit) {
    return unit * Blocks.count(inputs);
  }

  private int outputBlock(int unit) {
    return unit * layout.own();
  }

  /** A of S, normalised by the batch's own statistics. */
  void activateByBatch(int n) {
    if (norm == null) {
      relu(n);
    } else {
      norm.forwardByBatch(s, a, layout, n);
    }
    unpack(n);
  }

  /** A of S, normalised by the evaluation statistics. */
  void activateByStatistics(int n) {
    if (norm == null) {
      relu(n);
    } else {
      norm.forwardByStatistics(s, a, layout, n);
    }
    unpack(n);
  }

  private void relu(int n) {
    for (int block = 0; block < layout.blocks(); block++) {
      kernels.relu(s, block, a, layout.separateBlock(block), n);
    }
  }

  /** Columns of shared blocks → each network's own last block. */
  private void unpack(int n) {
    if (layout.shared() == 0) {
      return;
    }
    for (int network = 0; network < layout.networks(); network++) {
      int from = layout.separateBlock(layout.sharedBlock(network));
      int to = (network + 1) * layout.own() - 1;
      kernels.shift(a, from, layout.lane(network), a, to, 0, layout.rest(), n);
    }
  }

  /** Each network's own last block of D → columns of shared blocks. */
  private void pack(int n) {
    if (layout.shared() == 0) {
      return;
    }
    for (int network = 0; network < layout.networks(); network++) {
      int to = layout.separateBlock(layout.sharedBlock(network));
      int from = (network + 1) * layout.own() - 1;
      int lane = layout.lane(network);
      kernels.shift(d, from, -lane, d, to, lane, lane + layout.rest(), n);
    }
  }

  /** G of D, and the gradients of γ and β; after {@link #activateByBatch}. */
  void activationGradient(int n) {
    pack(n);
    if (norm != null) {
      norm.backward(s, a, d, g, layout, n);
      return;
    }
    for (int block = 0; block < layout.blocks(); block++) {
      kernels.reluGradient(a, d, layout.separateBlock(block), g, block, n);
    }
  }

  /** D of the layer below: D = G·Wᵀ. */
  void inputGradient(Blocks below, int n) {
    for (int unit = 0; unit < weights.length; unit++) {
      kernels.inputGradient(
          g, outputBlock(unit), weights[unit].value(), below, inputBlock(unit), n, scratch);
    }
  }

  /** Sets every column's η. */
  void rates(UpdateRule rule, double[] etas) {
    for (int j = 0; j < owners.length; j++) {
      weightRates.rate()[j] = owners[j] < 0 ? 0 : rule.rate(etas[owners[j]]);
    }
  }

  /** Updates W, b, γ and β along the gradients of the last backward pass. */
  void update(UpdateRule rule, Blocks x, int n) {
    for (int unit = 0; unit < weights.length; unit++) {
      int block = outputBlock(unit);
      int column = block * Blocks.WIDTH;
      rule.weights(x, inputBlock(unit), g, block, n, weights[unit], weightRates, column);
    }
    // Where batch norm centres the scores the gradient of b is 0, and not computed as noise.
    if (norm == null || !norm.centresScores()) {
      for (int block = 0; block < layout.blocks(); block++) {
        kernels.sums(g, block, n, biases.gradient());
      }
      rule.columns(biases, columnRates);
    }
    if (norm != null) {
      norm.update(rule, columnRates);
    }
  }

  @Nullable BatchNormalisation norm() {
    return norm;
  }

  /** Σ_k w_k² of each of this layer's columns. */
  void squaredWeights(float[] squares, double[] sums) {
    for (int unit = 0; unit < weights.length; unit++) {
      kernels.squares(weights[unit].value(), squares);
      // Fewer than sums: those of dropped networks stay 0.
      for (int network = 0; network < layout.networks(); network++) {
        if (first || network == unit) {
          for (int j = 0; j < layout.width(); j++) {
            sums[network] += squares[first ? layout.column(network, j) : j];
          }
        }
      }
    }
  }

  int columns() {
    return layout.columns();
  }

  LayerState save(int network) {
    int planes = 1 + biases.state().length;
    boolean affine = norm != null && norm.affine();
    LayerState state =
        new LayerState(
            new float[planes][inputs * layout.width()],
            new float[planes][layout.width()],
            affine ? new float[planes][layout.width()] : null,
            affine ? new float[planes][layout.width()] : null,
            norm == null ? null : new float[layout.width()],
            norm == null ? null : new float[layout.width()]);
    move(network, state, Direction.SAVE);
    return state;
  }

  void load(int network, LayerState state) {
    if (norm != null && !norm.affine()) {
      for (int j = 0; j < layout.width(); j++) {
        norm.gamma.value()[layout.column(network, j)] = 1;
      }
    }
    move(network, state, Direction.LOAD);
  }

  private enum Direction {
    SAVE,
    LOAD
  }

  private void move(int network, LayerState state, Direction direction) {
    TrainedPanels panels = weights[first ? 0 : network];
    for (int plane = 0; plane < state.weights().length; plane++) {
      Panels values = panels.plane(plane);
      float[] flat = state.weights()[plane];
      for (int k = 0, at = 0; k < inputs; k++) {
        for (int j = 0; j < layout.width(); j++, at++) {
          int column = first ? layout.column(network, j) : j;
          if (direction == Direction.SAVE) {
            flat[at] = values.get(k, column);
          } else {
            values.set(k, column, flat[at]);
          }
        }
      }
      move(network, biases.plane(plane), state.biases()[plane], direction);
      if (norm != null && state.gamma() != null && state.beta() != null) {
        move(network, norm.gamma.plane(plane), state.gamma()[plane], direction);
        move(network, norm.beta.plane(plane), state.beta()[plane], direction);
      }
    }
    if (norm != null && state.mean() != null && state.variance() != null) {
      move(network, norm.mean, state.mean(), direction);
      move(network, norm.variance, state.variance(), direction);
    }
  }

  private void move(int network, float[] columns, float[] flat, Direction direction) {
    for (int j = 0; j < flat.length; j++) {
      int column = layout.column(network, j);
      if (direction == Direction.SAVE) {
        flat[j] = columns[column];
      } else {
        columns[column] = flat[j];
      }
    }
  }
}
