package dev.sieve.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A curve in one line of text. */
public final class Sparkline {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /**
   * The values from their lowest to their highest; of more than {@code width} every so many-th, the
   * first and the last always. A missing value is a space.
   */
  public static String of(List<@Nullable Double> values, int width) {
    if (width < 2) {
      throw new IllegalArgumentException("width >= 2 must hold, but got " + width);
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Double value : values) {
      if (value != null && Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    int count = Math.min(width, values.size());
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int at = count == 1 ? 0 : (int) Math.round((double) i * (values.size() - 1) / (count - 1));
      Double value = values.get(at);
      if (value == null || !Double.isFinite(value)) {
        line.append(' ');
      } else {
        double share = high > low ? (value - low) / (high - low) : 0;
        line.append(LEVELS.charAt((int) Math.round(share * (LEVELS.length() - 1))));
      }
    }
    return line.toString();
  }
}
