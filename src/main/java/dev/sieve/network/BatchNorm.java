package dev.sieve.network;

import java.io.Serializable;

/**
 * Batch normalisation of the hidden layers (Ioffe & Szegedy 2015): ŝ = (s − μ)/√(v + ε), v with
 * 1/n, then γŝ + β where {@code affine}.
 *
 * @param epsilon ε ≥ 0
 * @param decay d of the moving average μ ← d·μ + (1−d)·μ_batch, 0 ≤ d < 1
 * @param preciseImages for {@link Statistics#PRECISE}: the first so many training images are the
 *     chunk, ≥ 2
 */
public record BatchNorm(
    Placement placement,
    boolean affine,
    double epsilon,
    Statistics statistics,
    double decay,
    int preciseImages)
    implements Serializable {
  /** Where batch norm stands. */
  public enum Placement {
    /** linear → batch norm → ReLU. */
    BEFORE_ACTIVATION,
    /** linear → ReLU → batch norm. */
    AFTER_ACTIVATION
  }

  /** What evaluation normalises with. */
  public enum Statistics {
    /** A moving average over training batches, started from the first batch's statistics. */
    MOVING_AVERAGE,
    /**
     * PreciseBN (Wu & Johnson 2021): recomputed over a chunk of training data with fixed weights
     * before each evaluation.
     */
    PRECISE
  }

  public BatchNorm {
    if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException(
          "network.batch-norm.epsilon >= 0 must hold, but got " + epsilon);
    }
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "0 <= network.batch-norm.decay < 1 must hold, but got " + decay);
    }
    if (preciseImages < 2) {
      throw new IllegalArgumentException(
          "network.batch-norm.precise-images >= 2 must hold, but got " + preciseImages);
    }
  }
}
