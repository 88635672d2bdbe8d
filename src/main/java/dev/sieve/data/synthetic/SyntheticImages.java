package dev.sieve.data.synthetic;

import dev.sieve.data.ImageSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import java.util.List;

/**
 * A data set in CIFAR-10's layout for when CIFAR-10 is not there: ten classes, five shapes in two
 * textures. The same bytes on every machine.
 *
 * <p>An image is, in each colour plane,
 *
 * <pre>
 * pixel = background + slope + (contrast · figure(class) + clutter · figure(any)) · gain + noise
 * </pre>
 *
 * with all that is not the class drawn anew for each image. What makes it worth searching on: the
 * contrast is negative in 40 of 100 images, so that the classes' means differ little and a linear
 * network gains little, while a hidden layer learns a figure and its negative apart; the clutter, a
 * weaker figure of any class, leaves images that cannot be told, so that accuracy stays well below
 * 90 %. Position, size and angle vary by little more than a pixel, since fully connected networks
 * do not learn to disregard more from some thousand images.
 */
public final class SyntheticImages {
  /** The data set's name in results. */
  public static final String NAME = "synthetic";

  public static final int TRAINING = 10_000;
  static final int TEST = 2_000;

  /** In the order of the labels. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "barred-disc",
          "barred-ring",
          "barred-square",
          "barred-cross",
          "barred-triangle",
          "striped-disc",
          "striped-ring",
          "striped-square",
          "striped-cross",
          "striped-triangle");

  private static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;
  private static final int PLANES = 3;

  private static final double NEGATIVE = 0.4;
  private static final double LEAST_CONTRAST = 28;
  private static final double MOST_CONTRAST = 68;
  private static final double MOST_CLUTTER = 50;
  private static final double SLOPE = 20;
  private static final double LEAST_GAIN = 0.3;
  private static final double DARKEST = 80;
  private static final double BRIGHTEST = 176;
  private static final double NOISE = 24;

  private final Draws draws;
  private final double[] figure = new double[PLANE];
  private final double[] clutter = new double[PLANE];

  private SyntheticImages(String purpose) {
    this.draws = Seed.of(1, purpose).draws();
  }

  /** The set as results name it: 10,000 training and 2,000 test images. */
  public static ImageSet dataSet() {
    return dataSet(TRAINING, TEST);
  }

  /**
   * The first images of {@link #dataSet()}; each ten consecutive ones hold each class once.
   *
   * @param training number of training images, a multiple of ten
   * @param test number of test images, a multiple of ten
   */
  public static ImageSet dataSet(int training, int test) {
    return new ImageSet(
        NAME,
        new SyntheticImages("synthetic-training").images(training),
        new SyntheticImages("synthetic-test").images(test));
  }

  private LabelledImages images(int count) {
    int classes = CLASS_NAMES.size();
    if (count < 1 || count % classes != 0) {
      throw new IllegalArgumentException(
          "a part must be a positive multiple of %s images, but got %s".formatted(classes, count));
    }
    byte[] pixels = new byte[count * PLANES * PLANE];
    byte[] labels = new byte[count];
    for (int first = 0; first < count; first += classes) {
      int[] order = draws.permutation(classes);
      for (int i = 0; i < classes; i++) {
        labels[first + i] = (byte) order[i];
        paint(order[i], pixels, (first + i) * PLANES * PLANE);
      }
    }
    return new LabelledImages(PLANES * PLANE, pixels, labels, CLASS_NAMES);
  }

  private void paint(int label, byte[] pixels, int at) {
    SyntheticFigure.drawn(label, draws).render(figure);
    SyntheticFigure.drawn(draws.nextInt(CLASS_NAMES.size()), draws).render(clutter);
    double contrast = sign(NEGATIVE) * between(LEAST_CONTRAST, MOST_CONTRAST);
    double clutterContrast = between(-MOST_CLUTTER, MOST_CLUTTER);
    double slopeX = between(-SLOPE, SLOPE) / SIDE;
    double slopeY = between(-SLOPE, SLOPE) / SIDE;
    for (int p = 0; p < PLANE; p++) {
      figure[p] = contrast * figure[p] + clutterContrast * clutter[p];
      clutter[p] = slopeX * (2 * (p % SIDE) - SIDE) + slopeY * (2 * (p / SIDE) - SIDE);
    }
    for (int plane = 0; plane < PLANES; plane++) {
      double background = between(DARKEST, BRIGHTEST);
      double gain = between(LEAST_GAIN, 1);
      int from = at + plane * PLANE;
      long noise = 0;
      for (int p = 0; p < PLANE; p++) {
        noise = p % 4 == 0 ? draws.nextLong() : noise >>> 16;
        double value = background + clutter[p] + figure[p] * gain + noise(noise);
        pixels[from + p] = (byte) Math.max(0, Math.min(255, (int) (value + 0.5)));
      }
    }
  }

  /**
   * Noise of deviation {@link #NOISE} from the lowest 16 bits: the sum of two bytes, near enough to
   * a normal and eight times as fast as 37 million of them.
   */
  private static double noise(long bits) {
    // The deviation of a byte is √((256² − 1) / 12) = 73.9, that of the sum of two is 104.5.
    return ((bits & 0xff) + ((bits >>> 8) & 0xff) - 255) * (NOISE / 104.5);
  }

  private double between(double low, double high) {
    return low + (high - low) * draws.nextDouble();
  }

  private int sign(double negative) {
    return draws.nextDouble() < negative ? -1 : 1;
  }
}
