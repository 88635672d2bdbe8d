package dev.sieve.data;

import java.io.Serializable;

/**
 * x = (pixel − mean) · scale for every input, in double. The same for every engine: a float engine
 * rounds mean and scale once.
 *
 * @param mean one value an input
 * @param scale one value an input: 1 / deviation
 */
public record Standardiser(double[] mean, double[] scale) implements Serializable {
  public int inputs() {
    return mean.length;
  }
}
