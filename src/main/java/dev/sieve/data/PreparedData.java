package dev.sieve.data;

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
    throw new UnsupportedOperationException();
  }
}
