package dev.sieve.kernel;

/**
 * Which tiles serve which vector length: constants, so that the branches on them fold away.
 *
 * <pre>
 * bits  registers       panel  product, rows × vectors  gradient, inputs × vectors  transpose
 * 512   32 (AVX-512)    48     8 × 3, 8 × 2, 8 × 1       4 × 3, 4 × 2, 4 × 1          16 × 16
 * 256   16 (AVX2)       16     6 × 2 and 5 × 2          6 × 2 + 5 × 2 + 5 × 2        8 × 8
 * 128   32 (NEON)       48     8 × 3, 8 × 2             4 × 3, 4 × 2                 4 × 4
 * </pre>
 *
 * <p>A product's tile wants as many sums as hide the latency of a multiply-add on two ports (8), as
 * few loads a multiply-add as possible, and beside the sums a register for each vector of W and for
 * the broadcasts, of which the JIT compiler loads two ahead. With 32 registers 24 sums fit. With 16
 * the 12 of 4 × 3 do not: 3 of W and 2 broadcasts are 17, and one sum went through the stack in its
 * own chain; of 6 × 2 all 16 are in use. Panels are as wide as a tile or its strips side by side,
 * so that 128 inputs of a panel, what one pass over it takes, are one run of the first-level cache.
 *
 * <p>Share of the peak of multiply-adds, first layer of 3072 × 400 and 100 images (the best of
 * short rounds on machines that were busy with other work; src/jmh/results): 512 bits, Zen 4,
 * product 83 – 87 %, gradient and update 78 – 93 %; 256 bits, Zen 3, product 89 – 90 % (4 × 3: 22 –
 * 25 %), gradient 86 %, with update 83 % (4 × 3: 41 and 38 %). 128 bits: not measured.
 */
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
