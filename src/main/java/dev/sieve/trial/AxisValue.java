package dev.sieve.trial;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;

/** One coordinate of a configuration. */
public sealed interface AxisValue extends Serializable {
  /** The text that a configuration's id is hashed from: the same on every JDK. */
  String canonical();

  /** A finite number. */
  record Number(double value) implements AxisValue {
    public Number {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a value of an axis must be finite, but got " + value);
      }
    }

    /**
     * 17 significant digits, which tell any two doubles apart; {@code Double.toString} differs
     * between JDKs.
     */
    @Override
    public String canonical() {
      return value == 0
          ? "0"
          : new BigDecimal(value).round(new MathContext(17)).stripTrailingZeros().toString();
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /** Anything else, as its HOCON text: {@code [50,50]}, {@code true}, {@code adam}. */
  record Text(String value) implements AxisValue {
    @Override
    public String canonical() {
      return '"' + value + '"';
    }

    @Override
    public String toString() {
      return value;
    }
  }
}
