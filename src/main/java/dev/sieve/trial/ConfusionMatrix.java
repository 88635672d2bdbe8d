package dev.sieve.trial;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts of images by true and predicted class.
 *
 * @param counts counts.get(true class).get(predicted class)
 */
public record ConfusionMatrix(List<List<Integer>> counts) implements Serializable {
  public ConfusionMatrix {
    counts = counts.stream().map(List::copyOf).toList();
  }

  /** From {@code counts[true class][predicted class]}, copied. */
  public static ConfusionMatrix of(int[][] counts) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : counts) {
      rows.add(java.util.Arrays.stream(row).boxed().toList());
    }
    return new ConfusionMatrix(rows);
  }
}
