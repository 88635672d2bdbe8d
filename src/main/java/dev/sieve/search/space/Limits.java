package dev.sieve.search.space;

/**
 * What a setting may be, whatever its axis says: boxes that are not clipped to the axis end here.
 *
 * @param low smallest value, itself allowed
 * @param leastPositive smallest value > 0: where a logarithmic axis ends
 * @param high largest value, itself allowed
 */
public record Limits(double low, double leastPositive, double high) {
  /** None. */
  public static final Limits NONE =
      new Limits(Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.POSITIVE_INFINITY);

  /** These limits, and not below {@code least}. */
  public Limits from(double least) {
    return new Limits(Math.max(low, least), Math.max(leastPositive, least), high);
  }

  /** These limits, and not above {@code most}. */
  public Limits to(double most) {
    return new Limits(low, leastPositive, Math.min(high, most));
  }
}
