package dev.sieve.network;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected network: inputs → hidden layers (each with ReLU and, where {@code batchNorm} is
 * present, batch norm) → class scores → softmax.
 *
 * @param inputs number of inputs d, ≥ 1
 * @param hidden widths of the hidden layers, first to last; none for a linear classifier
 * @param classes number of classes, ≥ 2
 * @param batchNorm null for a network without batch norm
 */
public record NetworkSpec(
    int inputs,
    List<Integer> hidden,
    int classes,
    @Nullable BatchNorm batchNorm,
    Initialiser weights,
    Initialiser biases)
    implements Serializable {
  /** The largest number of layers, hidden ones and the output. */
  public static final int MAX_LAYERS = 20;

  public NetworkSpec {
    hidden = List.copyOf(hidden);
    if (inputs < 1 || classes < 2) {
      throw new IllegalArgumentException(
          "inputs >= 1 and classes >= 2 must hold, but got %s and %s".formatted(inputs, classes));
    }
    if (hidden.size() >= MAX_LAYERS) {
      throw new IllegalArgumentException(
          "network.hidden must have at most %s widths, but got %s"
              .formatted(MAX_LAYERS - 1, hidden.size()));
    }
    for (int width : hidden) {
      if (width < 1) {
        throw new IllegalArgumentException(
            "every width of network.hidden must be >= 1, but got " + hidden);
      }
    }
  }

  /** Number of layers k: the hidden ones and the output. */
  public int layers() {
    return hidden.size() + 1;
  }

  /** Inputs of layer {@code layer}, 0 ≤ layer < {@link #layers()}. */
  public int fanIn(int layer) {
    return layer == 0 ? inputs : hidden.get(layer - 1);
  }

  /** Outputs of layer {@code layer}. */
  public int fanOut(int layer) {
    return layer == hidden.size() ? classes : hidden.get(layer);
  }

  /** Whether layer {@code layer} has batch norm: every hidden one, where the network has it. */
  public boolean normalises(int layer) {
    return batchNorm != null && layer < hidden.size();
  }

  /** Training images, the first ones, that PreciseBN's statistics are made of; 0 without it. */
  public int preciseImages() {
    return batchNorm != null && batchNorm.statistics() == BatchNorm.Statistics.PRECISE
        ? batchNorm.preciseImages()
        : 0;
  }

  /** Weights of the layer that has the most. */
  public long largestMatrix() {
    long most = 0;
    for (int layer = 0; layer < layers(); layer++) {
      most = Math.max(most, (long) fanIn(layer) * fanOut(layer));
    }
    return most;
  }

  /** Weights and biases of all layers. */
  public long parameters() {
    long sum = 0;
    for (int layer = 0; layer < layers(); layer++) {
      sum += (fanIn(layer) + 1L) * fanOut(layer);
    }
    return sum;
  }

  /** Floating-point operations of the matrix products of one image's forward pass. */
  public long forwardFlops() {
    long sum = 0;
    for (int layer = 0; layer < layers(); layer++) {
      sum += 2L * fanIn(layer) * fanOut(layer);
    }
    return sum;
  }

  /**
   * Floating-point operations of the matrix products of one image's training step (no gradient of
   * the input).
   */
  public long trainingFlops() {
    return 3 * forwardFlops() - 2L * fanIn(0) * fanOut(0);
  }
}
