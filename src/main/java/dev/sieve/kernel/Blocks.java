package dev.sieve.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Activations of a batch: a matrix of {@code rows} images in blocks of 16 columns, {@code
 * data[block][row][16]}. One row of a block is one cache line, and the same layout serves as the
 * left operand of a product (16 values to broadcast), as its result (whole vectors at every vector
 * length) and in between, where lanes run over columns.
 */
public final class Blocks {
  /** Columns of a block, and lanes of every sum. */
  public static final int WIDTH = 16;

  /** Floats before the first block and behind the last: lanes are shifted by up to 15. */
  private static final int MARGIN = WIDTH;

  private final int blocks;
  private final int rows;
  private final int stride;
  private final Arena.Slice slice;

  /** All zero, in an array of their own. */
  public Blocks(int blocks, int rows) {
    this(null, blocks, rows);
  }

  /** All zero, once the arena is allocated. */
  public Blocks(@Nullable Arena arena, int blocks, int rows) {
    if (blocks < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "blocks >= 1 and rows >= 1 must hold, but got blocks=%s, rows=%s"
              .formatted(blocks, rows));
    }
    this.blocks = blocks;
    this.rows = rows;
    // Products write whole tiles: up to 4 rows past the last image, and at least 5. An even number
    // of fours would put the same row of neighbouring blocks into the same set of the cache.
    this.stride = WIDTH * Math.max(3, (rows + 3) / 4 | 1) * 4;
    int floats = Math.addExact(2 * MARGIN, Math.multiplyExact(blocks, stride));
    this.slice = arena == null ? Arena.alone(floats) : arena.reserve(floats);
  }

  /** Blocks that {@code columns} columns take. */
  public static int count(int columns) {
    return (columns + WIDTH - 1) / WIDTH;
  }

  /** Offset of a panel's column c, from that of its first column. */
  static int column(int at, int stride, int c) {
    return at + c / WIDTH * stride + c % WIDTH;
  }

  public int blocks() {
    return blocks;
  }

  /** Images that fit. */
  public int rows() {
    return rows;
  }

  public float get(int row, int column) {
    return data()[column(at(0), stride, column) + row * WIDTH];
  }

  public void set(int row, int column, float value) {
    data()[column(at(0), stride, column) + row * WIDTH] = value;
  }

  /** The floats themselves, not copied. */
  float[] data() {
    return slice.data();
  }

  /** Offset of a block's first row. */
  int at(int block) {
    return slice.at() + MARGIN + block * stride;
  }

  /** Floats from one block to the next. */
  int stride() {
    return stride;
  }
}
