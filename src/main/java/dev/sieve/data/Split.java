package dev.sieve.data;

import dev.sieve.data.DataSelection.Order;
import dev.sieve.error.UserException;
import dev.sieve.random.Seed;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which examples a phase trains, validates and tests on, by their indices. Two phases with
 * different counts draw from the same permutation.
 *
 * @param train indices of training examples
 * @param validation indices of training examples; empty where the test set validates
 * @param test all of the test set
 */
public record Split(int[] train, int[] validation, int[] test) {
  /**
   * A function of its arguments alone.
   *
   * @param seed the study's seed
   * @throws UserException if the selection asks for more examples than there are
   */
  public static Split of(DataSet data, DataSelection selection, long seed) {
    int count = data.training();
    requireFits(data, selection);
    int[] order =
        selection.order() == Order.SEEDED
            ? Seed.of(seed, "split").draws().permutation(count)
            : identity(count);
    int validation = selection.validationIsTest() ? 0 : selection.validation();
    return new Split(
        Arrays.copyOf(order, selection.train()),
        Arrays.copyOfRange(order, count - validation, count),
        identity(data.test()));
  }

  /**
   * Whether a data set has the examples that a selection asks for.
   *
   * @throws UserException if not
   */
  public static void requireFits(DataSet data, DataSelection selection) {
    int count = data.training();
    int validation = selection.validationIsTest() ? 0 : selection.validation();
    if ((long) selection.train() + validation > count) {
      throw new UserException(
          ("data.train + data.validation <= %s must hold (the %s of %s),"
                  + " but got data.train = %s, data.validation = %s: lower one of them.")
              .formatted(
                  count,
                  data instanceof ImageSet ? "official training images" : "training rows",
                  data.name(),
                  selection.train(),
                  selection.validationIsTest() ? "test" : validation));
    }
  }

  private static int[] identity(int count) {
    return IntStream.range(0, count).toArray();
  }
}
