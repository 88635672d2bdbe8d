package dev.sieve.data;

import java.util.List;

/**
 * Rows of numbers in single precision, with a label each: what the columns of a table became.
 * Values lie row after row and are standardised.
 */
public final class LabelledRows extends Examples {
  private static final long serialVersionUID = 1;

  private final int inputs;
  private final float[] values;

  /**
   * @param values row i from i × {@code inputs} on; finite
   */
  public LabelledRows(int inputs, float[] values, short[] labels, List<String> classNames) {
    super(labels, classNames);
    if ((long) labels.length * inputs != values.length) {
      throw new IllegalArgumentException(
          "values must number labels × inputs, but got %s, %s and %s"
              .formatted(values.length, labels.length, inputs));
    }
    this.inputs = inputs;
    this.values = values;
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public double value(int example, int input) {
    return values[example * inputs + input];
  }

  /** All values; row i begins at i × {@link #inputs()}. Not to be modified. */
  public float[] values() {
    return values;
  }
}
