package dev.sieve.data;

import java.math.BigDecimal;

/** Shares of examples as whole numbers. */
public final class Shares {
  private Shares() {}

  /** A share of so many, rounded down, by the share's decimal text: 0.29 of 100 is 29. */
  public static int of(double share, int count) {
    return BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(count)).intValue();
  }
}
