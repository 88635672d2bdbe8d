package dev.sieve.kernel;

import java.util.Arrays;

/**
 * Weights: a matrix in panels of 48 columns, the last 16, 32 or 48 wide, each {@code
 * data[input][width]}. A panel is as wide as the sums that fit the registers; a kernel walks it
 * from end to end. Rows and columns past those in use, up to multiples of 16, are zero and stay so.
 */
public final class Panels {
  /** Columns of every panel but perhaps the last. */
  public static final int WIDTH = 48;

  private final int inputs;
  private final int columns;
  private final float[] data;

  /** All zero, both sides rounded up to multiples of 16. */
  public Panels(int inputs, int columns) {
    if (inputs < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "inputs >= 1 and columns >= 1 must hold, but got inputs=%d, columns=%d"
              .formatted(inputs, columns));
    }
    this.inputs = Blocks.WIDTH * Blocks.count(inputs);
    this.columns = Blocks.WIDTH * Blocks.count(columns);
    this.data = new float[Math.multiplyExact(this.inputs, this.columns)];
  }

  /** Rows, a multiple of 16. */
  public int inputs() {
    return inputs;
  }

  /** Columns, a multiple of 16. */
  public int columns() {
    return columns;
  }

  /** Number of panels. */
  public int panels() {
    return (columns + WIDTH - 1) / WIDTH;
  }

  /** Columns of a panel. */
  public int width(int panel) {
    return Math.min(WIDTH, columns - panel * WIDTH);
  }

  public float get(int input, int column) {
    return data[index(input, column)];
  }

  public void set(int input, int column, float value) {
    data[index(input, column)] = value;
  }

  /** Sets all to zero. */
  public void clear() {
    Arrays.fill(data, 0);
  }

  private int index(int input, int column) {
    int panel = column / WIDTH;
    return at(panel, input) + column % WIDTH;
  }

  /** The floats themselves, not copied. */
  float[] data() {
    return data;
  }

  /** Offset of a row of a panel. */
  int at(int panel, int input) {
    return inputs * WIDTH * panel + input * width(panel);
  }
}
