package dev.sieve.data;

import dev.sieve.data.DataSelection.Standardisation;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * x = (value − mean) · scale for every input, in double, pixels being 0 … 255. The same for every
 * engine: a float engine rounds mean and scale once.
 *
 * @param mean one value an input
 * @param scale one value an input: 1 / deviation
 */
public record Standardiser(double[] mean, double[] scale) implements Serializable {
  /**
   * The least deviation that is divided by: one grey level, the step of the pixels themselves. An
   * input that is constant over the training set becomes 0 there, and one that differs by a grey
   * level elsewhere is no more than 1 away.
   */
  public static final double LEAST_DEVIATION = 1;

  public Standardiser {
    if (mean.length != scale.length) {
      throw new IllegalArgumentException(
          "a mean and a scale for every input must hold, but got %s and %s"
              .formatted(mean.length, scale.length));
    }
  }

  public int inputs() {
    return mean.length;
  }

  /**
   * The standardiser of a training set, given by its indices: mean and deviation √(1/n Σ(x −
   * mean)²) of each input, or of each colour plane, from exact integer sums, so that the order of
   * the images does not matter.
   */
  public static Standardiser fit(LabelledImages images, int[] training, Standardisation kind) {
    int inputs = images.pixelsPerImage();
    return switch (kind) {
      case NONE -> constant(inputs, 1);
      case SCALE -> constant(inputs, 1.0 / 255);
      case PER_INPUT -> fit(images, training, 1);
      case ROBUST -> throw new IllegalArgumentException("images have no robust standardisation");
      case PER_CHANNEL -> fit(images, training, inputs / images.planes());
    };
  }

  /**
   * Standardises one example.
   *
   * @param out Modified: {@link #inputs()} values from {@code at} on
   */
  public void apply(Examples examples, int example, double[] out, int at) {
    for (int i = 0; i < mean.length; i++) {
      out[at + i] = (examples.value(example, i) - mean[i]) * scale[i];
    }
  }

  /** One that changes nothing. */
  public static Standardiser identity(int inputs) {
    return constant(inputs, 1);
  }

  private static Standardiser constant(int inputs, double scale) {
    double[] scales = new double[inputs];
    Arrays.fill(scales, scale);
    return new Standardiser(new double[inputs], scales);
  }

  /** One mean and deviation for each run of {@code together} inputs. */
  private static Standardiser fit(LabelledImages images, int[] training, int together) {
    int inputs = images.pixelsPerImage();
    long[] sums = new long[inputs];
    long[] squares = new long[inputs];
    byte[] pixels = images.pixels();
    for (int image : training) {
      int from = image * inputs;
      for (int i = 0; i < inputs; i++) {
        int x = pixels[from + i] & 0xff;
        sums[i] += x;
        squares[i] += x * x;
      }
    }
    double[] mean = new double[inputs];
    double[] scale = new double[inputs];
    double n = (double) training.length * together;
    for (int from = 0; from < inputs; from += together) {
      long sum = Arrays.stream(sums, from, from + together).sum();
      long square = Arrays.stream(squares, from, from + together).sum();
      double deviation = Math.sqrt(scaledVariance(sum, square, (long) n)) / n;
      Arrays.fill(mean, from, from + together, sum / n);
      Arrays.fill(scale, from, from + together, 1 / Math.max(deviation, LEAST_DEVIATION));
    }
    return new Standardiser(mean, scale);
  }

  /** n² · variance = n Σx² − (Σx)², exact until it is rounded once; per plane it exceeds a long. */
  private static double scaledVariance(long sum, long squares, long n) {
    BigInteger sumSquared = BigInteger.valueOf(sum).pow(2);
    return BigInteger.valueOf(n)
        .multiply(BigInteger.valueOf(squares))
        .subtract(sumSquared)
        .doubleValue();
  }
}
