package dev.sieve.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Weights: a matrix in panels of 48 columns, each {@code data[input][width]}, the last ones
 * narrower: a rest of 32 is a panel, a rest of 16 and the panel before it are two of 32, and 16
 * columns in all are one. A panel is as wide as the sums that fit the registers; a kernel walks it
 * from end to end. Rows and columns past those in use, up to multiples of 16, are zero and stay so.
 */
public final class Panels {
  /** Rows in use are rounded up to a multiple of this. */
  private static final int ROUND = 4;

  private static final int PAIR = 32;

  /** Panels of full width, before the others. */
  private final int wide;

  private final int inputs;
  private final int used;
  private final int columns;
  private final Arena.Slice slice;

  /** All zero, both sides rounded up to multiples of 16, in an array of their own. */
  public Panels(int inputs, int columns) {
    this(null, inputs, columns);
  }

  /** All zero once the arena is allocated, both sides rounded up to multiples of 16. */
  public Panels(@Nullable Arena arena, int inputs, int columns) {
    if (inputs < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "inputs >= 1 and columns >= 1 must hold, but got inputs=%s, columns=%s"
              .formatted(inputs, columns));
    }
    this.inputs = Blocks.WIDTH * Blocks.count(inputs);
    this.used = ROUND * ((inputs + ROUND - 1) / ROUND);
    this.columns = Blocks.WIDTH * Blocks.count(columns);
    int rest = this.columns % Tiles.PANEL;
    this.wide = this.columns / Tiles.PANEL - (rest == 16 && this.columns > Tiles.PANEL ? 1 : 0);
    int floats = Math.multiplyExact(this.inputs, this.columns);
    this.slice = arena == null ? Arena.alone(floats) : arena.reserve(floats);
  }

  /** Rows, a multiple of 16. */
  public int inputs() {
    return inputs;
  }

  /** Rows in use, up to a multiple of 4; those behind them stay zero. */
  int used() {
    return used;
  }

  /** End of the run of rows that begins with {@code k}: see {@link Tiles#RUN}. */
  int end(int k) {
    return Math.min(used, k + Tiles.RUN);
  }

  /** Rows in use of the gradient's tile that begins with row {@code k}. */
  int rows(int k) {
    return Tiles.INPUTS == ROUND ? ROUND : Math.min(Tiles.INPUTS, used - k);
  }

  /** Columns, a multiple of 16. */
  public int columns() {
    return columns;
  }

  /** Number of panels. */
  public int panels() {
    return wide + (columns - wide * Tiles.PANEL + PAIR - 1) / PAIR;
  }

  /** First column of a panel. */
  public int column(int panel) {
    return panel <= wide ? panel * Tiles.PANEL : wide * Tiles.PANEL + (panel - wide) * PAIR;
  }

  /** Columns of a panel. */
  public int width(int panel) {
    return panel < wide ? Tiles.PANEL : Math.min(PAIR, columns - column(panel));
  }

  /** The panel that holds a column. */
  int panel(int column) {
    int others = column - wide * Tiles.PANEL;
    return others < 0 ? column / Tiles.PANEL : wide + others / PAIR;
  }

  public float get(int input, int column) {
    return data()[index(input, column)];
  }

  public void set(int input, int column, float value) {
    data()[index(input, column)] = value;
  }

  private int index(int input, int column) {
    int panel = panel(column);
    return at(panel, input) + column - column(panel);
  }

  /** The floats themselves, not copied. */
  float[] data() {
    return slice.data();
  }

  /** Offset of a row of a panel. */
  int at(int panel, int input) {
    return slice.at() + inputs * column(panel) + input * width(panel);
  }
}
