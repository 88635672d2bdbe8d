package dev.sieve.kernel;

/** Which tiles serve which vector length: constants, so that the branches on them fold away. */
final class Tiles {
  private static final boolean NARROW = Providers.vectorBits() == 256;

  /** Columns of the widest panels of weights. */
  static final int PANEL = NARROW ? Blocks.WIDTH : 48;

  /** Inputs of a gradient's tile. */
  static final int INPUTS = NARROW ? Blocks.WIDTH : 4;

  /** Inputs of a gradient that are walked over all panels before the next ones. */
  static final int RUN = NARROW ? 128 : 1 << 30;

  private Tiles() {}

  /** Columns of the next strip of a product with a transpose, of which {@code rest} are left. */
  static int strip(int rest) {
    if (NARROW) {
      return Blocks.WIDTH;
    }
    return rest == 64 ? 32 : Math.min(PANEL, rest);
  }

  /**
   * Tiles of 5 rows among those that cover n, the others being of 6: every n ≥ 20 is 6a + 5b. Where
   * there is no such sum all are of 5, and up to 4 rows past n.
   */
  static int fives(int n) {
    int fives = 5 - (n - 1) % 6;
    return 5 * fives <= n ? fives : (n + 4) / 5;
  }
}
