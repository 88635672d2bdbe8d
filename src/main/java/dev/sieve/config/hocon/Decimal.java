package dev.sieve.config.hocon;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers exactly as they are written. */
final class Decimal {
  /** Powers of ten beyond any double or long; spelling such a number out could fill the memory. */
  private static final int LARGEST_SCALE = 2000;

  private Decimal() {}

  /** The number that a number or a text spells; null where it is none, or out of all reach. */
  static @Nullable BigDecimal of(Object raw) {
    if (!(raw instanceof Number || raw instanceof String)) {
      return null;
    }
    try {
      BigDecimal exact = new BigDecimal(raw.toString());
      return Math.abs((long) exact.scale()) > LARGEST_SCALE ? null : exact;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
