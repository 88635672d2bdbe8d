package dev.sieve.report.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON that may stand anywhere: in a file, or inside a {@code <script>} of an HTML page.
 * Whatever HTML or JavaScript could misread is written as an escape.
 */
final class Json {
  /** Of figures: more than anyone reads off a curve, and half of a page's size. */
  private static final MathContext FIGURE = new MathContext(6);

  /** What has six digits before the point begins here. */
  private static final double FIGURES = 1e5;

  /** Between these a figure is written without an exponent. */
  private static final double SMALLEST = 1e-6;

  private static final double LARGEST = 1e6;

  /** Powers of ten, all exact. */
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12
  };

  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /**
   * The text of a value: maps with text keys, lists, arrays of doubles (rounded to 6 digits),
   * texts, numbers, booleans, null. NaN and infinity become null.
   */
  static String text(@Nullable Object value) {
    Json json = new Json();
    json.write(value);
    return json.out.toString();
  }

  private void write(@Nullable Object value) {
    if (value == null) {
      out.append("null");
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof List<?> list) {
      array(list);
    } else if (value instanceof double[] numbers) {
      numbers(numbers);
    } else if (value instanceof Double number) {
      number(number);
    } else if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof CharSequence text) {
      string(text.toString());
    } else {
      throw new IllegalArgumentException("a value of JSON cannot be a " + value.getClass());
    }
  }

  private void object(Map<?, ?> map) {
    char before = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(before);
      string((String) entry.getKey());
      out.append(':');
      write(entry.getValue());
      before = ',';
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private void array(List<?> list) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(list.get(i));
    }
    out.append(']');
  }

  private void numbers(double[] numbers) {
    out.append('[');
    for (int i = 0; i < numbers.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      figure(numbers[i]);
    }
    out.append(']');
  }

  /**
   * Six digits, a tie to the even one. A report has 200,000 of these, and decimals of any length,
   * as {@link BigDecimal} makes them, took ten times as long.
   */
  private void figure(double value) {
    double size = Math.abs(value);
    if (!(size >= SMALLEST && size < LARGEST)) {
      number(Double.isFinite(value) ? new BigDecimal(value).round(FIGURE).doubleValue() : value);
      return;
    }
    int places = 0; // after the point
    double scaled = size;
    while (scaled < FIGURES) {
      places++;
      scaled = size * POWERS[places];
    }
    long digits = (long) Math.rint(scaled);
    while (places > 0 && digits % 10 == 0) {
      digits /= 10;
      places--;
    }
    long unit = (long) POWERS[places];
    if (value < 0) {
      out.append('-');
    }
    out.append(digits / unit);
    if (places > 0) {
      out.append('.');
      long rest = digits % unit;
      for (long place = unit / 10; place > 1 && rest < place; place /= 10) {
        out.append('0');
      }
      out.append(rest);
    }
  }

  private void number(double value) {
    if (!Double.isFinite(value)) {
      out.append("null");
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append((long) value);
    } else {
      out.append(value);
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ' || "<>&'\u2028\u2029\u007f".indexOf(c) >= 0 || Character.isSurrogate(c)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
