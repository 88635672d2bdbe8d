package dev.sieve.data;

/**
 * Some of the examples, by index, in an order: a training set, a validation set. Neither array is
 * copied or may be modified.
 */
public record ExampleView(Examples examples, int[] indices) {
  public int count() {
    return indices.length;
  }
}
