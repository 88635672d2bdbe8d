package dev.sieve.data;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * Examples to train on and examples to test with, and how they become what a network sees: {@link
 * ImageSet}, {@link dev.sieve.data.table.TableSet}.
 */
public interface DataSet extends DataShape, Serializable {
  /** {@code cifar-10}, {@code synthetic} and so on: a column of every result. */
  String name();

  /** What it holds, in 16 hex digits; a column of every result. */
  String fingerprint();

  /**
   * What a refusal says of a data set that has changed: a text for each part of it that can be told
   * apart; empty where the fingerprint is all there is.
   */
  default SortedMap<String, String> parts() {
    return Collections.emptySortedMap();
  }

  /** What its examples are called: images, or rows. */
  String examples();

  /** In the order of the labels. */
  List<String> classNames();

  /** How many training examples each class has. */
  int[] trainingPerClass();

  /** How many test examples each class has. */
  int[] testPerClass();

  /** Bytes that an executor holds of it for a selection. */
  long bytes(DataSelection selection, long seed);

  /**
   * Splits and standardises; a function of its arguments alone.
   *
   * @param seed the study's seed
   * @throws dev.sieve.error.UserException if the selection asks for more examples than there are
   */
  PreparedData prepare(DataSelection selection, long seed);
}
