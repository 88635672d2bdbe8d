package dev.sieve.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A stream of draws from one seed. Only {@code nextLong()} of the generator (xoshiro256++) is used;
 * bounded integers, doubles and normals are made here, from {@link StrictMath}, and are the same on
 * every machine and JDK. Not thread-safe.
 */
public final class Draws {
  private final UniformRandomProvider bits;
  private double spare;
  private boolean hasSpare;

  public Draws(long seed) {
    // The four words of state are SplitMix64 of the seed, spelled out so that no library default
    // decides them.
    long[] state = new long[4];
    long x = seed;
    for (int i = 0; i < 4; i++) {
      x += 0x9e3779b97f4a7c15L;
      long z = x;
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      state[i] = z ^ (z >>> 31);
    }
    bits = RandomSource.XO_SHI_RO_256_PP.create(state);
  }

  public long nextLong() {
    return bits.nextLong();
  }

  /** A double in [0, 1): the upper 53 bits of one long. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** An integer in [0, bound), each equally likely (Lemire 2019, with rejection). */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound >= 1 must hold, but got bound=" + bound);
    }
    long threshold = (1L << 32) % bound;
    while (true) {
      long product = (nextLong() >>> 32) * bound;
      if ((product & 0xffffffffL) >= threshold) {
        return (int) (product >>> 32);
      }
    }
  }

  /**
   * A standard normal (Marsaglia's polar method; the second of a pair is kept for the next call).
   */
  public double nextNormal() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    while (true) {
      double u = 2 * nextDouble() - 1;
      double v = 2 * nextDouble() - 1;
      double square = u * u + v * v;
      if (square > 0 && square < 1) {
        double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        spare = v * scale;
        hasSpare = true;
        return u * scale;
      }
    }
  }

  /** A permutation of 0 … n − 1 (Fisher–Yates, from the end). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }
}
