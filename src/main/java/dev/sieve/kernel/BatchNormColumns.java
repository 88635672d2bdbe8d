package dev.sieve.kernel;

/**
 * What batch norm of one layer works with, a value a column, columns as in the layer's {@link
 * Blocks}.
 *
 * @param mean μ that is subtracted
 * @param inverse 1/√(v + ε) that is multiplied by
 * @param gamma γ, 1 where the norm is not affine, 0 in unused columns
 * @param beta β, 0 likewise
 * @param gammaGradient Modified by gradients: dγ
 * @param betaGradient Modified by gradients: dβ
 */
public record BatchNormColumns(
    float[] mean,
    float[] inverse,
    float[] gamma,
    float[] beta,
    float[] gammaGradient,
    float[] betaGradient) {
  /** All zero. */
  public BatchNormColumns(int columns) {
    this(
        new float[columns],
        new float[columns],
        new float[columns],
        new float[columns],
        new float[columns],
        new float[columns]);
  }
}
