package dev.sieve.data;

import org.jspecify.annotations.Nullable;

/**
 * What one phase's trials see: the sets cut from a data set by its {@link DataSelection} and the
 * study's seed, and the standardiser of the training set, which is yet to be applied. Made once per
 * JVM and selection.
 *
 * @param columns what a table's columns became, applied already; null for images
 */
public record PreparedData(
    ExampleView train,
    ExampleView validation,
    ExampleView test,
    Standardiser standardiser,
    @Nullable InputColumns columns) {
  /** Of images. */
  public PreparedData(
      ExampleView train, ExampleView validation, ExampleView test, Standardiser standardiser) {
    this(train, validation, test, standardiser, null);
  }
}
