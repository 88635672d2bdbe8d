package dev.sieve.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers for people, the same in every locale. */
public final class Numbers {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};

  private Numbers() {}

  /** A fraction as per cent: {@code 52.50 %}; {@code –} for none. */
  public static String percent(@Nullable Double fraction) {
    return fraction == null ? "–" : String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }

  /** Four significant digits: {@code 0.003162}, {@code 1e-5}, {@code 2250}. */
  public static String brief(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
    int magnitude = rounded.precision() - rounded.scale() - 1;
    if (rounded.signum() == 0) {
      return "0";
    }
    return magnitude >= -4 && magnitude < 7
        ? rounded.toPlainString()
        : rounded.scaleByPowerOfTen(-magnitude).toPlainString() + "e" + magnitude;
  }

  /** With a decimal prefix: {@code 950}, {@code 28.5 G}. */
  public static String scaled(double value) {
    int prefix = 0;
    double rest = value;
    while (Math.abs(rest) >= 999.5 && prefix < PREFIXES.length - 1) {
      rest /= 1000;
      prefix++;
    }
    String digits = brief(new BigDecimal(rest).round(new MathContext(3)).doubleValue());
    return prefix == 0 ? digits : digits + " " + PREFIXES[prefix];
  }

  /** The two largest units: {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
  public static String duration(Duration duration) {
    double exact = duration.toMillis() / 1000.0;
    if (exact < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", exact);
    }
    long seconds = Math.round(exact);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return "%s min %s s".formatted(seconds / 60, seconds % 60);
    }
    long minutes = Math.round(exact / 60);
    return minutes < 24 * 60
        ? "%s h %s min".formatted(minutes / 60, minutes % 60)
        : "%s d %s h".formatted(minutes / (24 * 60), minutes / 60 % 24);
  }
}
