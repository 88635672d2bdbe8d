package dev.sieve.engine.vector;

import dev.sieve.kernel.BatchNormColumns;
import dev.sieve.kernel.Blocks;
import dev.sieve.kernel.ColumnRates;
import dev.sieve.kernel.Kernels;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;

/**
 * Batch norm and ReLU of one layer of all networks, in the order that the placement says. Columns
 * are those of the layer's layout.
 */
final class BatchNormalisation {
  private final Kernels kernels;
  private final BatchNorm settings;
  private final float decay;
  private final float rest;

  /** What evaluation normalises with. */
  final float[] mean;

  final float[] variance;
  final TrainedColumns gamma;
  final TrainedColumns beta;

  private final float[] batchVariance;
  private final BatchNormColumns byBatch;
  private final BatchNormColumns byStatistics;

  BatchNormalisation(Kernels kernels, BatchNorm settings, int columns, int states) {
    this.kernels = kernels;
    this.settings = settings;
    this.decay = (float) settings.decay();
    this.rest = (float) (1 - settings.decay());
    this.mean = new float[columns];
    this.variance = new float[columns];
    this.gamma = TrainedColumns.of(columns, states);
    this.beta = TrainedColumns.of(columns, states);
    this.batchVariance = new float[columns];
    this.byBatch = norm(new float[columns]);
    this.byStatistics = norm(mean);
  }

  private BatchNormColumns norm(float[] means) {
    return new BatchNormColumns(
        means,
        new float[means.length],
        gamma.value(),
        beta.value(),
        gamma.gradient(),
        beta.gradient());
  }

  boolean affine() {
    return settings.affine();
  }

  /** Whether the layer's biases cancel: the norm subtracts them with the mean. */
  boolean centresScores() {
    return settings.placement() == Placement.BEFORE_ACTIVATION;
  }

  /** A of S by the batch's statistics; S becomes what {@link #backward} needs. */
  void forwardByBatch(Blocks s, Blocks a, ColumnLayout layout, int n) {
    for (int block = 0; block < layout.blocks(); block++) {
      if (!centresScores()) {
        kernels.relu(s, block, s, block, n);
      }
      kernels.moments(s, block, n, byBatch.mean(), batchVariance);
    }
    invert(batchVariance, byBatch.inverse());
    normalise(s, a, layout, n, byBatch);
  }

  /** A of S by the evaluation statistics. */
  void forwardByStatistics(Blocks s, Blocks a, ColumnLayout layout, int n) {
    if (!centresScores()) {
      for (int block = 0; block < layout.blocks(); block++) {
        kernels.relu(s, block, s, block, n);
      }
    }
    invert(variance, byStatistics.inverse());
    normalise(s, a, layout, n, byStatistics);
  }

  private void normalise(Blocks s, Blocks a, ColumnLayout layout, int n, BatchNormColumns norm) {
    for (int block = 0; block < layout.blocks(); block++) {
      int to = layout.separateBlock(block);
      if (centresScores()) {
        kernels.normaliseRelu(s, block, a, to, n, norm);
      } else {
        kernels.normalise(s, block, a, to, n, norm);
      }
    }
  }

  /** 1/√(v + ε); 0 where v + ε = 0 (a constant unit and ε = 0): ŝ is 0 then, not 0/0. */
  private void invert(float[] variances, float[] inverses) {
    double epsilon = settings.epsilon();
    for (int j = 0; j < variances.length; j++) {
      double square = variances[j] + epsilon;
      inverses[j] = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
    }
  }

  /** G of D, after {@link #forwardByBatch}; sets the gradients of γ and β. */
  void backward(Blocks s, Blocks a, Blocks d, Blocks g, ColumnLayout layout, int n) {
    for (int block = 0; block < layout.blocks(); block++) {
      int from = layout.separateBlock(block);
      if (centresScores()) {
        kernels.normaliseReluGradient(s, block, a, d, from, g, n, byBatch);
      } else {
        kernels.reluNormaliseGradient(s, block, d, from, g, n, byBatch);
      }
    }
  }

  void update(UpdateRule rule, ColumnRates rates) {
    if (affine()) {
      rule.columns(gamma, rates);
      rule.columns(beta, rates);
    }
  }

  /** μ ← the last batch's, v likewise. */
  void startFromBatch() {
    System.arraycopy(byBatch.mean(), 0, mean, 0, mean.length);
    System.arraycopy(batchVariance, 0, variance, 0, variance.length);
  }

  /** μ ← d·μ + (1−d)·μ_batch with the last batch's statistics, v likewise. */
  void followBatch() {
    float[] batchMean = byBatch.mean();
    for (int j = 0; j < mean.length; j++) {
      mean[j] = decay * mean[j] + rest * batchMean[j];
      variance[j] = decay * variance[j] + rest * batchVariance[j];
    }
  }

  /**
   * PreciseBN: takes the last batch into the statistics of all batches pooled, of which it holds
   * the share {@code weight} < 1. The variance is that within batches plus that between their
   * means.
   */
  void pool(double weight) {
    for (int j = 0; j < mean.length; j++) {
      double difference = byBatch.mean()[j] - mean[j];
      double within = batchVariance[j] - variance[j];
      mean[j] += (float) (weight * difference);
      variance[j] += (float) (weight * within + weight * (1 - weight) * difference * difference);
    }
  }
}
