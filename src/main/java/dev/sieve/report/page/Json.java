package dev.sieve.report.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
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

  private static final ObjectWriter WRITER = writer();

  private Json() {}

  /**
   * The text of a value: maps with text keys, lists, arrays of doubles (rounded to 6 digits),
   * texts, numbers, booleans, null. NaN and infinity become null.
   */
  static String text(Object value) {
    try {
      return WRITER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a value of JSON cannot be a " + value.getClass(), e);
    }
  }

  private static ObjectWriter writer() {
    JsonFactory factory = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    factory.setCharacterEscapes(new ForScripts());
    SimpleModule numbers = new SimpleModule();
    numbers.addSerializer(Double.class, new NumberWriter());
    numbers.addSerializer(double[].class, new FiguresWriter());
    return new ObjectMapper(factory).registerModule(numbers).writer();
  }

  /** What HTML could take for its own stands as an escape. */
  private static final class ForScripts extends CharacterEscapes {
    @Override
    public int[] getEscapeCodesForAscii() {
      int[] escapes = standardAsciiEscapesForJSON();
      for (char c : new char[] {'<', '>', '&', '\'', 0x7f}) {
        escapes[c] = ESCAPE_STANDARD;
      }
      return escapes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return null;
    }
  }

  private static final class NumberWriter extends StdSerializer<Double> {
    NumberWriter() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeRawValue(number(value));
    }
  }

  private static final class FiguresWriter extends StdSerializer<double[]> {
    FiguresWriter() {
      super(double[].class);
    }

    @Override
    public void serialize(double[] values, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      StringBuilder text = new StringBuilder();
      for (double value : values) {
        text.append(text.isEmpty() ? '[' : ',');
        figure(text, value);
      }
      out.writeRawValue(text.isEmpty() ? "[]" : text.append(']').toString());
    }
  }

  /**
   * Six digits, a tie to the even one. A report has 200,000 of these, and decimals of any length,
   * as {@link BigDecimal} makes them, took ten times as long.
   */
  private static void figure(StringBuilder out, double value) {
    double size = Math.abs(value);
    if (!(size >= SMALLEST && size < LARGEST)) {
      boolean finite = Double.isFinite(value);
      out.append(number(finite ? new BigDecimal(value).round(FIGURE).doubleValue() : value));
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

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "null";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
