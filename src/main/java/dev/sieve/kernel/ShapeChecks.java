package dev.sieve.kernel;

/** What must hold of operands before a kernel runs, which itself checks nothing. */
final class ShapeChecks {
  private ShapeChecks() {}

  static void blocks(Blocks b, int block, int blocks, int n) {
    if (block < 0 || block + blocks > b.blocks() || n < 1 || n > b.rows()) {
      throw new IllegalArgumentException(
          "blocks and rows must lie within %s and %s, but got blocks %s … %s and %s rows"
              .formatted(b.blocks(), b.rows(), block, block + blocks, n));
    }
  }

  static void distinct(Blocks a, Blocks b) {
    if (a == b) {
      throw new IllegalArgumentException("a product must not be written over its operand");
    }
  }

  static void gradient(Blocks x, int xBlock, Blocks g, int gBlock, int n, Panels w) {
    blocks(x, xBlock, w.inputs() / Blocks.WIDTH, n);
    blocks(g, gBlock, w.columns() / Blocks.WIDTH, n);
  }

  static void same(Panels w, Panels state) {
    if (w == state || w.inputs() != state.inputs() || w.columns() != state.columns()) {
      throw new IllegalArgumentException(
          "state must be other than W[%s×%s] and of its shape, but is %s×%s"
              .formatted(w.inputs(), w.columns(), state.inputs(), state.columns()));
    }
  }

  static void columns(ColumnRates rates, int column, int columns) {
    if (column < 0 || column + columns > rates.columns()) {
      throw new IllegalArgumentException(
          "columns must lie within %s, but got %s … %s"
              .formatted(rates.columns(), column, column + columns));
    }
  }

  static void columns(float[] r, int block) {
    if ((block + 1) * Blocks.WIDTH > r.length) {
      throw new IllegalArgumentException(
          "block %s must lie within %s columns".formatted(block, r.length));
    }
  }

  static void vectors(float[] g, float[] w, ColumnRates rates) {
    if (g.length != w.length || rates.columns() != w.length || w.length % Blocks.WIDTH != 0) {
      throw new IllegalArgumentException(
          "vectors must have equal lengths, a multiple of 16, but got %s, %s and %s"
              .formatted(g.length, w.length, rates.columns()));
    }
  }

  static void norm(Blocks s, int sBlock, Blocks a, int aBlock, int n, BatchNormColumns norm) {
    blocks(s, sBlock, 1, n);
    blocks(a, aBlock, 1, n);
    columns(norm.mean(), sBlock);
  }
}
