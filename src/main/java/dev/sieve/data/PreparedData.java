package dev.sieve.data;

import dev.sieve.data.DataSelection.Order;
import dev.sieve.error.UserException;
import dev.sieve.random.Seed;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What one phase's trials see: the sets cut from a data set by its {@link DataSelection} and the
 * study's seed, and the standardiser of the training set. Made once per JVM and selection.
 */
public record PreparedData(
    ImageView train, ImageView validation, ImageView test, Standardiser standardiser) {
  /**
   * Splits and fits the standardiser; a function of its arguments alone.
   *
   * @param seed the study's seed
   * @throws dev.sieve.error.UserException if the selection asks for more images than there are
   */
  public static PreparedData of(DataSet data, DataSelection selection, long seed) {
    int count = data.training().count();
    requireFits(data, selection);
    int[] order =
        selection.order() == Order.SEEDED
            ? Seed.of(seed, "split").draws().permutation(count)
            : identity(count);
    ImageView train = new ImageView(data.training(), Arrays.copyOf(order, selection.train()));
    ImageView test = new ImageView(data.test(), identity(data.test().count()));
    ImageView validation =
        selection.validationIsTest()
            ? test
            : new ImageView(
                data.training(), Arrays.copyOfRange(order, count - selection.validation(), count));
    return new PreparedData(
        train, validation, test, Standardiser.fit(train, selection.standardise()));
  }

  /**
   * Whether a data set has the images that a selection asks for.
   *
   * @throws dev.sieve.error.UserException if not
   */
  public static void requireFits(DataSet data, DataSelection selection) {
    int count = data.training().count();
    int validation = selection.validationIsTest() ? 0 : selection.validation();
    if ((long) selection.train() + validation > count) {
      throw new UserException(
          ("data.train + data.validation <= %s must hold (the official training images of %s),"
                  + " but got data.train = %s, data.validation = %s: lower one of them.")
              .formatted(
                  count,
                  data.name(),
                  selection.train(),
                  selection.validationIsTest() ? "test" : validation));
    }
  }

  private static int[] identity(int count) {
    return IntStream.range(0, count).toArray();
  }
}
