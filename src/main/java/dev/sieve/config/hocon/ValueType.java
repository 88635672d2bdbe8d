package dev.sieve.config.hocon;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.sieve.network.NetworkSpec;
import dev.sieve.search.space.Limits;
import dev.sieve.trial.AxisValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What values a key takes. Ranges stand here, although the records that are built check them too:
 * only here is a value's line known, and only key by key can all mistakes be told at once.
 */
public sealed interface ValueType
    permits ValueType.Real,
        ValueType.Whole,
        ValueType.OrWord,
        ValueType.Choice,
        ValueType.Flag,
        ValueType.Text,
        ValueType.Widths,
        ValueType.Counts,
        ValueType.CountOrLengths,
        ValueType.Items,
        CountOrShare,
        Texts,
        TestRows,
        TimeSpan {
  /** A part of something, neither none nor all of it. */
  Real SHARE = new Real(0, false, 1, false);

  /**
   * The value in its one Java form, or null where it breaks the rule.
   *
   * @param raw a number, a string, a boolean or a list; a string is read as the value it spells
   */
  @Nullable Object read(Object raw);

  /** What must hold, to follow "must be". */
  String rule();

  /** What must hold of a value that {@link #read} refused. */
  default String rule(Object raw) {
    return rule();
  }

  /** Whether {@link #read} wants a number's text, every character of which may matter. */
  default boolean literal() {
    return false;
  }

  /** Where the values end. */
  default Limits limits() {
    return Limits.NONE;
  }

  /** Canonical text: HOCON that reads as the same value. */
  default String text(Object value) {
    return value.toString();
  }

  /** Whether ranges make sense on an axis of this kind. */
  default boolean numeric() {
    return false;
  }

  default AxisValue toAxis(Object value) {
    return numeric()
        ? new AxisValue.Number(((Number) value).doubleValue())
        : new AxisValue.Text(text(value));
  }

  default @Nullable Object ofAxis(AxisValue value) {
    if (value instanceof AxisValue.Number number) {
      return read(number.value());
    }
    return read(((AxisValue.Text) value).value());
  }

  /** A finite number within bounds, and held by single precision; a {@code Double}. */
  public record Real(double low, boolean withLow, double high, boolean withHigh, Single single)
      implements ValueType {
    public Real(double low, boolean withLow, double high, boolean withHigh) {
      this(low, withLow, high, withHigh, Single.NONE);
    }

    @Override
    public @Nullable Object read(Object raw) {
      double value = number(raw);
      return within(value) && single.holds(value) ? value : null;
    }

    private boolean within(double value) {
      boolean aboveLow = withLow ? value >= low : value > low;
      boolean belowHigh = withHigh ? value <= high : value < high;
      return aboveLow && belowHigh && Double.isFinite(value);
    }

    @Override
    public String rule(Object raw) {
      double value = number(raw);
      return within(value) ? single.rule(value, withLow) : rule();
    }

    @Override
    public Limits limits() {
      double least = withLow ? low : Math.nextUp(low);
      double most = Math.min(single.most(), withHigh ? high : Math.nextDown(high));
      return new Limits(least > 0 ? single.least() : least, single.least(), most);
    }

    @Override
    public String rule() {
      String lowest = (withLow ? ">= " : "> ") + shortText(low);
      return Double.isInfinite(high)
          ? "a number " + lowest
          : "a number " + lowest + " and " + (withHigh ? "<= " : "< ") + shortText(high);
    }

    @Override
    public boolean numeric() {
      return true;
    }

    /** NaN, which no bounds hold, for what is no number. */
    private static double number(Object raw) {
      if (raw instanceof Number number) {
        return number.doubleValue();
      }
      BigDecimal exact = Decimal.of(raw);
      return exact == null ? Double.NaN : exact.doubleValue();
    }

    private static String shortText(double bound) {
      return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
  }

  /** A whole number within bounds; a {@code Long}. */
  record Whole(long low, long high) implements ValueType {
    @Override
    public @Nullable Object read(Object raw) {
      BigDecimal exact = Decimal.of(raw);
      if (exact == null) {
        return null;
      }
      try {
        long value = exact.longValueExact();
        return value >= low && value <= high ? value : null;
      } catch (ArithmeticException e) {
        return null; // a fraction, or beyond 64 bits
      }
    }

    @Override
    public boolean literal() {
      return true;
    }

    @Override
    public Limits limits() {
      return new Limits(low, Math.max(1, low), high);
    }

    @Override
    public String rule() {
      if (low == Long.MIN_VALUE) {
        return "a whole number of 64 bits";
      }
      return "a whole number >= " + low + (high == Integer.MAX_VALUE ? "" : " and <= " + high);
    }

    @Override
    public boolean numeric() {
      return true;
    }
  }

  /** Another kind, or one word instead. */
  record OrWord(ValueType kind, String word) implements ValueType {
    @Override
    public @Nullable Object read(Object raw) {
      return raw instanceof String text && text.equalsIgnoreCase(word) ? word : kind.read(raw);
    }

    @Override
    public boolean literal() {
      return kind.literal();
    }

    @Override
    public String rule() {
      return kind.rule() + ", or the word " + word;
    }

    @Override
    public String text(Object value) {
      return value.equals(word) ? word : kind.text(value);
    }
  }

  /** One of some words; a {@code String}. */
  record Choice(List<String> words) implements ValueType {
    @Override
    public @Nullable Object read(Object raw) {
      return words.stream()
          .filter(word -> raw instanceof String text && text.equalsIgnoreCase(word))
          .findFirst()
          .orElse(null);
    }

    @Override
    public String rule() {
      return words.size() == 1
          ? words.get(0) + " (the only one of this version)"
          : "one of " + String.join(", ", words);
    }
  }

  /** true or false. */
  record Flag() implements ValueType {
    @Override
    public @Nullable Object read(Object raw) {
      return switch (raw.toString().toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> null;
      };
    }

    @Override
    public String rule() {
      return "true or false";
    }
  }

  /** A text that matches a pattern. */
  record Text(Pattern pattern, String rule) implements ValueType {
    @Override
    public @Nullable Object read(Object raw) {
      String text = raw instanceof String || raw instanceof Boolean ? raw.toString() : "";
      return pattern.matcher(text).matches() ? text : null;
    }

    @Override
    public boolean literal() {
      return true;
    }

    @Override
    public String text(Object value) {
      return ConfigValueFactory.fromAnyRef(value).render();
    }
  }

  /** Widths of hidden layers; a list of {@code Integer}. */
  record Widths() implements ValueType {
    private static final Whole WIDTH = new Whole(1, Integer.MAX_VALUE);

    @Override
    public @Nullable Object read(Object raw) {
      if (raw instanceof String text) {
        return text.startsWith("[") && text.endsWith("]") ? ofItems(items(text)) : null;
      }
      return raw instanceof List<?> list ? ofItems(list) : null;
    }

    @Override
    public String rule() {
      return "a list of at most %s whole numbers >= 1, such as [50, 50]"
          .formatted(NetworkSpec.MAX_LAYERS - 1);
    }

    @Override
    public String text(Object value) {
      return ((List<?>) value)
          .stream().map(Object::toString).collect(Collectors.joining(",", "[", "]"));
    }

    private static List<String> items(String text) {
      String inner = text.substring(1, text.length() - 1).strip();
      return inner.isEmpty() ? List.of() : List.of(inner.split("\\s*,\\s*", -1));
    }

    private static @Nullable Object ofItems(List<?> items) {
      List<Integer> widths = new ArrayList<>();
      for (Object item : items) {
        Object width = WIDTH.read(item);
        if (width == null) {
          return null;
        }
        widths.add(Math.toIntExact((Long) width));
      }
      return widths.size() < NetworkSpec.MAX_LAYERS ? List.copyOf(widths) : null;
    }
  }

  /**
   * Whole numbers >= 1; a list of {@code Integer}.
   *
   * @param example to be shown in refusals
   */
  record Counts(String example) implements ValueType {
    @Override
    public @Nullable Object read(Object raw) {
      Object read = new Widths().read(raw);
      return read instanceof List<?> list && !list.isEmpty() ? list : null;
    }

    @Override
    public String rule() {
      return "a list of whole numbers >= 1, such as " + example;
    }

    @Override
    public String text(Object value) {
      return new Widths().text(value);
    }
  }

  /** How many, a {@code Long}, or a length for each, a list of {@code Integer}. */
  record CountOrLengths(Counts lengths) implements ValueType {
    /** The end of every one is listed. */
    private static final Whole COUNT = new Whole(1, 10_000);

    @Override
    public @Nullable Object read(Object raw) {
      Object count = COUNT.read(raw);
      return count == null ? lengths.read(raw) : count;
    }

    @Override
    public String rule() {
      return COUNT.rule() + ", or " + lengths.rule();
    }

    @Override
    public String text(Object value) {
      return value instanceof Long ? value.toString() : lengths.text(value);
    }

    @Override
    public Limits limits() {
      return COUNT.limits();
    }

    @Override
    public boolean numeric() {
      return true;
    }

    @Override
    public AxisValue toAxis(Object value) {
      return value instanceof Long count
          ? new AxisValue.Number(count)
          : new AxisValue.Text(text(value));
    }
  }

  /**
   * A list of items of one Java class.
   *
   * @param rule what the list must be, with an example
   */
  record Items(Class<?> type, String rule) implements ValueType {
    @Override
    public @Nullable Object read(Object raw) {
      return raw instanceof List<?> list && list.stream().allMatch(type::isInstance)
          ? List.copyOf(list)
          : null;
    }

    @Override
    public String text(Object value) {
      return ConfigValueFactory.fromAnyRef(value).render(ConfigRenderOptions.concise());
    }
  }
}
