package dev.sieve.engine.reference;

import dev.sieve.network.BatchNorm;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation (Ioffe & Szegedy 2015) of S[n×m]: ŝ = (s − μ)/√(v + ε), v with 1/n, then γŝ +
 * β where affine. Where v + ε = 0 (a constant unit and ε = 0) ŝ is 0, not 0/0.
 */
final class BatchNormalisation implements Layer {
  private final int width;
  private final double epsilon;
  private final double decay;
  private final @Nullable Parameter gamma;
  private final @Nullable Parameter beta;

  /** What evaluation normalises with. */
  private final DMatrixRMaj mean;

  private final DMatrixRMaj variance;
  private boolean averaging;

  private final DMatrixRMaj batchMean;
  private final DMatrixRMaj batchVariance;
  private final DMatrixRMaj inverseDeviation;
  private final DMatrixRMaj gradientSum;
  private final DMatrixRMaj gradientDotNormalised;
  private final DMatrixRMaj normalised = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj output = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj inputGradient = new DMatrixRMaj(0, 0);

  BatchNormalisation(int width, BatchNorm settings) {
    this.width = width;
    this.epsilon = settings.epsilon();
    this.decay = settings.decay();
    this.gamma = settings.affine() ? new Parameter(1, width) : null;
    this.beta = settings.affine() ? new Parameter(1, width) : null;
    if (gamma != null) {
      CommonOps_DDRM.fill(gamma.value(), 1);
    }
    this.mean = new DMatrixRMaj(1, width);
    this.variance = new DMatrixRMaj(1, width);
    CommonOps_DDRM.fill(variance, 1);
    this.batchMean = new DMatrixRMaj(1, width);
    this.batchVariance = new DMatrixRMaj(1, width);
    this.inverseDeviation = new DMatrixRMaj(1, width);
    this.gradientSum = new DMatrixRMaj(1, width);
    this.gradientDotNormalised = new DMatrixRMaj(1, width);
  }

  @Override
  public int inputs() {
    return width;
  }

  @Override
  public int outputs() {
    return width;
  }

  @Override
  public DMatrixRMaj forward(DMatrixRMaj input, Normalise by) {
    if (by == Normalise.BY_BATCH) {
      // μ_j = (1/n) Σ_i s_ij, v_j = (1/n) Σ_i (s_ij − μ_j)²
      CommonOps_DDRM.sumCols(input, batchMean);
      CommonOps_DDRM.divide(batchMean, input.numRows);
      RowBroadcast.subtract(input, batchMean, normalised);
      RowBroadcast.sumOfProducts(normalised, normalised, batchVariance);
      CommonOps_DDRM.divide(batchVariance, input.numRows);
      invertDeviations(batchVariance);
    } else {
      RowBroadcast.subtract(input, mean, normalised);
      invertDeviations(variance);
    }
    CommonOps_DDRM.multCols(normalised, inverseDeviation.data);
    if (gamma == null || beta == null) {
      return normalised;
    }
    output.setTo(normalised);
    CommonOps_DDRM.multCols(output, gamma.value().data);
    RowBroadcast.add(output, beta.value());
    return output;
  }

  private void invertDeviations(DMatrixRMaj variances) {
    for (int j = 0; j < width; j++) {
      double square = variances.data[j] + epsilon;
      inverseDeviation.data[j] = square == 0 ? 0 : 1 / Math.sqrt(square);
    }
  }

  @Override
  public void parameterGradients(DMatrixRMaj gradient) {
    // dβ_j = Σ_i g_ij, dγ_j = Σ_i g_ij ŝ_ij; inputGradient needs both, affine or not
    CommonOps_DDRM.sumCols(gradient, gradientSum);
    RowBroadcast.sumOfProducts(gradient, normalised, gradientDotNormalised);
    if (gamma != null && beta != null) {
      beta.gradient().setTo(gradientSum);
      gamma.gradient().setTo(gradientDotNormalised);
    }
  }

  @Override
  public DMatrixRMaj inputGradient(DMatrixRMaj gradient) {
    // ds_ij = γ_j/√(v_j + ε) · (g_ij − (1/n) Σ_k g_kj − ŝ_ij (1/n) Σ_k g_kj ŝ_kj):
    // the second term comes through the mean, the third through the variance.
    int n = gradient.numRows;
    inputGradient.reshape(n, width);
    for (int i = 0, at = 0; i < n; i++) {
      for (int j = 0; j < width; j++, at++) {
        double throughMean = gradientSum.data[j] / n;
        double throughVariance = normalised.data[at] * gradientDotNormalised.data[j] / n;
        inputGradient.data[at] = gradient.data[at] - throughMean - throughVariance;
      }
    }
    CommonOps_DDRM.multCols(inputGradient, inverseDeviation.data);
    if (gamma != null) {
      CommonOps_DDRM.multCols(inputGradient, gamma.value().data);
    }
    return inputGradient;
  }

  /**
   * μ ← d·μ + (1−d)·μ_batch with the last batch's statistics, v likewise; the first call starts
   * from that batch.
   */
  void followBatch() {
    if (averaging) {
      CommonOps_DDRM.add(decay, mean, 1 - decay, batchMean, mean);
      CommonOps_DDRM.add(decay, variance, 1 - decay, batchVariance, variance);
    } else {
      mean.setTo(batchMean);
      variance.setTo(batchVariance);
    }
    averaging = true;
  }

  /**
   * PreciseBN: takes the last batch into the statistics of all batches pooled, of which it holds
   * the share {@code weight}; 1 starts anew. The variance is that of the whole, E[s²] − μ², as the
   * variance within batches plus that between their means, which does not cancel.
   */
  void pool(double weight) {
    if (weight == 1) {
      mean.setTo(batchMean);
      variance.setTo(batchVariance);
      return;
    }
    for (int j = 0; j < width; j++) {
      double difference = batchMean.data[j] - mean.data[j];
      mean.data[j] += weight * difference;
      variance.data[j] +=
          weight * (batchVariance.data[j] - variance.data[j])
              + weight * (1 - weight) * difference * difference;
    }
  }

  @Override
  public List<Parameter> parameters() {
    return gamma == null || beta == null ? List.of() : List.of(gamma, beta);
  }

  @Nullable Parameter gamma() {
    return gamma;
  }

  @Nullable Parameter beta() {
    return beta;
  }

  /**
   * Goes on with these evaluation statistics.
   *
   * @param begun whether the moving average has begun
   */
  void resume(DMatrixRMaj fromMean, DMatrixRMaj fromVariance, boolean begun) {
    mean.setTo(fromMean);
    variance.setTo(fromVariance);
    averaging = begun;
  }

  DMatrixRMaj mean() {
    return mean;
  }

  DMatrixRMaj variance() {
    return variance;
  }
}
