package dev.sieve.data;

/**
 * Some of the images, by index, in an order: a training set, a validation set. Neither array is
 * copied or may be modified.
 */
public record ImageView(LabelledImages images, int[] indices) {
  public int count() {
    return indices.length;
  }
}
