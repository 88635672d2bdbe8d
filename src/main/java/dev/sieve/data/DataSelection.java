package dev.sieve.data;

import java.io.Serializable;

/**
 * Which images a phase trains and validates on and how they are standardised. Two phases with
 * different counts draw from the same permutation: the first {@code train} images are the training
 * set, the last {@code validation} the validation set.
 *
 * @param train number of training images, ≥ 1
 * @param validation number of validation images, ≥ 1; ignored where {@code validationIsTest}
 * @param order how the official training images are put in order before they are split
 * @param validationIsTest the file says {@code validation = test}: the test images are the
 *     validation set (some reports did)
 */
public record DataSelection(
    int train, int validation, Order order, boolean validationIsTest, Standardisation standardise)
    implements Serializable {

  /** The order of the official training images. */
  public enum Order {
    /** One permutation drawn from the study's seed. */
    SEEDED,
    /** As published: for CIFAR-10 batch 1 first, batch 5 last. */
    OFFICIAL
  }

  /**
   * What is subtracted and divided by. Means and deviations come from the training set, 1/n,
   * floored.
   */
  public enum Standardisation {
    PER_INPUT,
    PER_CHANNEL,
    /** Pixels divided by 255, nothing else. */
    SCALE,
    /** Pixels as they are, 0 … 255. */
    NONE,
    /**
     * For the numbers of a table: median and quartiles instead of mean and deviation, and a smooth
     * clip.
     */
    ROBUST
  }

  public DataSelection {
    if (train < 1) {
      throw new IllegalArgumentException("data.train >= 1 must hold, but got " + train);
    }
    if (validation < 1 && !validationIsTest) {
      throw new IllegalArgumentException("data.validation >= 1 must hold, but got " + validation);
    }
  }
}
