package dev.sieve.engine;

import dev.sieve.data.LabelledImages;

/**
 * A mini-batch: {@code count} images named by {@code indices[from … from + count)}. The arrays are
 * shared, not copied.
 */
public record Batch(LabelledImages images, int[] indices, int from, int count) {
  public Batch {
    if (from < 0 || count < 1 || from + count > indices.length) {
      throw new IllegalArgumentException(
          "0 <= from, 1 <= count and from + count <= %s must hold, but got from=%s, count=%s"
              .formatted(indices.length, from, count));
    }
  }

  /** Index of the batch's i-th image within {@link #images()}. */
  public int image(int i) {
    return indices[from + i];
  }

  /** Label of the batch's i-th image. */
  public int label(int i) {
    return images.labels()[image(i)];
  }
}
