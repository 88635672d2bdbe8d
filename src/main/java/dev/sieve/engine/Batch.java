package dev.sieve.engine;

import dev.sieve.data.Examples;

/**
 * A mini-batch: {@code count} examples named by {@code indices[from … from + count)}. The arrays
 * are shared, not copied.
 */
public record Batch(Examples examples, int[] indices, int from, int count) {
  public Batch {
    if (from < 0 || count < 1 || from + count > indices.length) {
      throw new IllegalArgumentException(
          "0 <= from, 1 <= count and from + count <= %s must hold, but got from=%s, count=%s"
              .formatted(indices.length, from, count));
    }
  }

  /** Index of the batch's i-th example within {@link #examples()}. */
  public int example(int i) {
    return indices[from + i];
  }

  /** Label of the batch's i-th example. */
  public int label(int i) {
    return examples.label(example(i));
  }
}
