package dev.sieve.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Examples of one width with a class each, as networks take them: {@link LabelledImages} or {@link
 * LabelledRows}. Immutable by contract: arrays are handed out without a copy and must not be
 * written to.
 */
public abstract sealed class Examples implements Serializable permits LabelledImages, LabelledRows {
  private static final long serialVersionUID = 1;

  /** The most classes that a data set may have. */
  public static final int MOST_CLASSES = 1_000;

  /** The most numbers that an example may have. */
  public static final int MOST_INPUTS = 20_000;

  private final short[] labels;
  private final String[] classNames;

  Examples(short[] labels, List<String> classNames) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            "0 <= label < %s must hold, but got %s at example %s"
                .formatted(classNames.size(), labels[i], i));
      }
    }
    this.labels = labels;
    this.classNames = classNames.toArray(new String[0]);
  }

  public final int count() {
    return labels.length;
  }

  /** Numbers of one example. */
  public abstract int inputs();

  public final int classes() {
    return classNames.length;
  }

  /** One of an example's numbers, as they are stored. */
  public abstract double value(int example, int input);

  /** The class of an example, in [0, {@link #classes()}). */
  public final int label(int example) {
    return labels[example];
  }

  /** All labels. Not to be modified. */
  public final short[] labels() {
    return labels;
  }

  /** How many examples each class has. */
  public final int[] perClass() {
    int[] counts = new int[classes()];
    for (short label : labels) {
      counts[label]++;
    }
    return counts;
  }

  public final List<String> classNames() {
    return Arrays.asList(classNames);
  }
}
