package dev.sieve.reproduce;

import dev.sieve.kernel.FmaPeak;
import java.util.stream.IntStream;

/** What all cores of this machine can do at most, for the share of it that a run has reached. */
public final class MachinePeak {
  private MachinePeak() {}

  /** GFLOP/s of so many cores at once. */
  public static double gigaflops(int cores) {
    return IntStream.range(0, cores).parallel().mapToDouble(i -> FmaPeak.gigaflops()).sum();
  }
}
