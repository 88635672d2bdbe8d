package dev.sieve.data;

import java.io.Serializable;

/**
 * A data set as published: official training images (for CIFAR-10 the five batches in order) and
 * test images.
 *
 * @param name {@code cifar-10} or {@code synthetic}; a column of every result
 * @param fingerprint the first 16 hex digits of SHA-256 over both parts' pixels and labels; a
 *     column of every result
 */
public record DataSet(String name, LabelledImages training, LabelledImages test, String fingerprint)
    implements Serializable {
  public DataSet(String name, LabelledImages training, LabelledImages test) {
    this(name, training, test, Fingerprint.of(training, test));
  }
}
