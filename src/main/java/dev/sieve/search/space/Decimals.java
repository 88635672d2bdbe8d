package dev.sieve.search.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Decimal arithmetic of axes: a point that reads 10^-5 or 0.3 in the file's terms is the double
 * that a person would write, on every machine.
 */
public final class Decimals {
  /** Places after the point of an exponent or box bound: finer than any axis needs. */
  private static final int PLACES = 12;

  private static final MathContext READABLE = new MathContext(15);
  private static final MathContext BRIEF = new MathContext(4);

  private Decimals() {}

  /** 10^x; exact to the last bit where x is whole. */
  public static double pow10(double x) {
    return x == StrictMath.rint(x) && Math.abs(x) < 300
        ? Double.parseDouble("1e" + (int) x)
        : StrictMath.pow(10, x);
  }

  /** log10 of a positive number, without the noise of the last digits. */
  static double log10(double x) {
    return bound(StrictMath.log10(x));
  }

  /** A bound of a box: the nearest decimal of few places. */
  static double bound(double x) {
    return new BigDecimal(x)
        .setScale(PLACES + Math.max(0, -magnitude(x)), RoundingMode.HALF_EVEN)
        .doubleValue();
  }

  /** Point {@code i} of {@code points} from low to high, both included; one point is the middle. */
  static double point(double low, double high, int i, int points) {
    if (points > 1 && (i == 0 || i == points - 1)) {
      return i == 0 ? low : high;
    }
    BigDecimal from = decimal(low);
    BigDecimal length = decimal(high).subtract(from);
    if (points == 1) {
      return from.add(length.divide(BigDecimal.valueOf(2))).doubleValue();
    }
    return from.add(
            length
                .multiply(BigDecimal.valueOf(i))
                .divide(BigDecimal.valueOf(points - 1), MathContext.DECIMAL128))
        .doubleValue();
  }

  /** low + i·step. */
  static double lattice(double low, double step, long i) {
    return decimal(low).add(decimal(step).multiply(BigDecimal.valueOf(i))).doubleValue();
  }

  /** 15 significant digits without needless zeros, for identities and messages. */
  static String text(double x) {
    return plain(decimal(x));
  }

  /** 4 significant digits, for people. */
  public static String brief(double x) {
    return plain(new BigDecimal(x).round(BRIEF));
  }

  private static BigDecimal decimal(double x) {
    return new BigDecimal(x).round(READABLE);
  }

  private static String plain(BigDecimal x) {
    if (x.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = x.stripTrailingZeros();
    int magnitude = stripped.precision() - stripped.scale() - 1;
    if (magnitude >= -4 && magnitude < 15) {
      return stripped.toPlainString();
    }
    BigDecimal digits = stripped.scaleByPowerOfTen(-magnitude);
    return digits.toPlainString() + "e" + magnitude;
  }

  /** Exponent of the leading digit; 0 for 0. */
  private static int magnitude(double x) {
    BigDecimal exact = new BigDecimal(x);
    return exact.signum() == 0 ? 0 : exact.precision() - exact.scale() - 1;
  }
}
