package dev.sieve.kernel;

/**
 * What one core of this machine can do at most: chains of fused multiply-adds that never leave the
 * registers. A speed is told as a share of it, measured in the same run, for clocks drift by a
 * factor of two.
 */
public final class FmaPeak {
  private static final int WARM_UP = 5;
  private static final int ROUNDS = 2_000_000;

  private FmaPeak() {}

  /** GFLOP/s of the calling thread, the best of a few rounds of some milliseconds each. */
  public static double gigaflops() {
    Kernels kernels = Kernels.best();
    double best = 0;
    for (int round = 0; round < 2 * WARM_UP; round++) {
      long start = System.nanoTime();
      double flops = kernels.multiplyAdds(ROUNDS);
      double seconds = (System.nanoTime() - start) / 1e9;
      best = Math.max(best, flops / seconds / 1e9);
    }
    return best;
  }
}
