package dev.sieve.spark;

import dev.sieve.spark.store.Compaction;
import java.io.IOException;

/** A driver that dies during a compaction. */
public final class Crash {
  private Crash() {}

  /** Fails, saying "crash", where the next step after so many would change a file. */
  public static Compaction.Permit after(int steps) {
    int[] left = {steps};
    return () -> {
      if (left[0]-- == 0) {
        throw new IOException("crash");
      }
    };
  }
}
