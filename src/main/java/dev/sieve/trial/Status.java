package dev.sieve.trial;

import java.util.Locale;

/** How a trial, or a rung of it, ended. */
public enum Status {
  /** A rung reached, not yet decided. */
  PAUSED,
  /** Stopped at a rung. */
  PRUNED,
  DONE,
  /** NaN or infinity: a result, with its epoch. It never wins. */
  DIVERGED,
  /** An exception, recorded with its stack trace. */
  FAILED,
  /** Its executor or its storage failed more often than it was tried: no result, it runs again. */
  LOST;

  /** As tables write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Status of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
