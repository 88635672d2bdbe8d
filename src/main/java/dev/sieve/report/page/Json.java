package dev.sieve.report.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON that may stand anywhere: in a file, or inside a {@code <script>} of an HTML page.
 * Whatever HTML or JavaScript could misread is written as an escape.
 */
final class Json {
  /** Of figures: more than anyone reads off a curve, and half of a page's size. */
  private static final MathContext FIGURE = new MathContext(6);

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
      double value = numbers[i];
      number(Double.isFinite(value) ? new BigDecimal(value).round(FIGURE).doubleValue() : value);
    }
    out.append(']');
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
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
