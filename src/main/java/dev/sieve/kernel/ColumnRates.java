package dev.sieve.kernel;

/**
 * η and 2λ of every column of a layer: networks that are trained side by side have their own.
 *
 * @param rate η, for Adam η/(1−β₁ᵗ)
 * @param penalty 2λ for weights, 0 for what is not penalised
 */
public record ColumnRates(float[] rate, float[] penalty) {
  public ColumnRates {
    if (rate.length != penalty.length) {
      throw new IllegalArgumentException(
          "rate and penalty must have one value a column, but got %s and %s"
              .formatted(rate.length, penalty.length));
    }
  }

  /** All zero. */
  public ColumnRates(int columns) {
    this(new float[columns], new float[columns]);
  }

  public int columns() {
    return rate.length;
  }
}
