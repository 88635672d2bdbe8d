package dev.sieve.config.hocon;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.DoubleUnaryOperator;

/**
 * In what form a setting reaches single precision. Held are 0 and the positive numbers from {@link
 * #least} to {@link #most}; every other one would be 0, infinite or 1 there and is not in double
 * precision: another method than the one that was asked for.
 */
enum Single {
  /** It does not, or its own bounds suffice. */
  NONE(value -> 0.5),

  /** As it is. */
  ITSELF(value -> (float) value),

  /** As it is, where 1 is not allowed. */
  BELOW_ONE(value -> (float) value >= 1 ? Double.POSITIVE_INFINITY : (float) value),

  /** λ: 2λ is what the gradient takes. */
  DOUBLED(value -> (float) (2 * value)),

  /** σ: its product with a standard normal, of which one in 10²³ is beyond 10. */
  DRAWN(value -> (float) value == 0 ? 0 : (float) (10 * value)),

  /** ε of batch norm: 1/√(v + ε) where v is 0. */
  INVERSE_ROOT(value -> (float) (1 / Math.sqrt(value)));

  private static final int SHOWN_DIGITS = 8;

  private final double least;
  private final double most;

  Single(DoubleUnaryOperator form) {
    this.least = edge(form, Double.MIN_VALUE);
    this.most = edge(form, Double.MAX_VALUE);
  }

  /** The smallest positive number that is held. */
  double least() {
    return least;
  }

  /** The largest number that is held. */
  double most() {
    return most;
  }

  boolean holds(double value) {
    return value <= 0 || value >= least && value <= most;
  }

  /** What must hold of a value that {@link #holds} refuses, to follow "must be". */
  String rule(double value, boolean zeroAllowed) {
    if (value < least) {
      return "%sat least %s, what single precision tells from 0"
          .formatted(zeroAllowed ? "0 or " : "", shown(least, RoundingMode.CEILING));
    }
    return "at most %s, the limit of single precision".formatted(shown(most, RoundingMode.FLOOR));
  }

  /** The last number held between 0.5, which every form holds, and an end: bisected by bits. */
  private static double edge(DoubleUnaryOperator form, double end) {
    if (held(form, end)) {
      return end;
    }
    long in = Double.doubleToLongBits(0.5);
    long out = Double.doubleToLongBits(end);
    while (Math.abs(in - out) > 1) {
      long middle = in + (out - in) / 2;
      if (held(form, Double.longBitsToDouble(middle))) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return Double.longBitsToDouble(in);
  }

  private static boolean held(DoubleUnaryOperator form, double value) {
    double single = form.applyAsDouble(value);
    return single > 0 && single < Double.POSITIVE_INFINITY;
  }

  private static String shown(double bound, RoundingMode rounding) {
    return Double.toString(
        new BigDecimal(bound).round(new MathContext(SHOWN_DIGITS, rounding)).doubleValue());
  }
}
