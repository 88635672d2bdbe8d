package dev.sieve.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.sieve.config.hocon.AxisNames;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.ValueType;
import dev.sieve.error.DidYouMean;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What other tools call an axis's range, and what to write for it here. */
final class AxisWords {
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("loguniform", "log10"),
          Map.entry("log-uniform", "log10"),
          Map.entry("logarithmic", "log10"),
          Map.entry("reciprocal", "log10"),
          Map.entry("uniform", "linear"),
          Map.entry("quniform", "linear"),
          Map.entry("range", "linear"),
          Map.entry("randint", "integer"),
          Map.entry("int", "integer"),
          Map.entry("choice", "values"),
          Map.entry("choices", "values"),
          Map.entry("categorical", "values"),
          Map.entry("grid", "values"),
          Map.entry("list", "values"));
  private static final List<String> POINTS =
      List.of(
          "n", "num", "count", "number", "size", "steps", "num-points", "grid-points", "samples");
  private static final List<String> LOWS = List.of("min", "low", "lower", "from", "start");
  private static final List<String> HIGHS = List.of("max", "high", "upper", "to", "end", "stop");

  private AxisWords() {}

  /** Whether an axis says how many points, in another tool's word. */
  static boolean meanPoints(ConfigObject axis) {
    return axis.keySet().stream().anyMatch(AxisWords::meansPoints);
  }

  private static boolean meansPoints(String word) {
    return POINTS.contains(word.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** One message for all words of an axis that there are none of. */
  static String refusal(String where, ConfigObject axis, List<String> unknown) {
    TreeSet<String> names = new TreeSet<>();
    unknown.forEach(word -> names.add(where + "." + word));
    return "every key must be known, but %s %s not; %s"
        .formatted(
            ParsedStudy.cut(String.join(", ", names)),
            names.size() == 1 ? "is" : "are",
            remedy(axis, unknown));
  }

  private static String remedy(ConfigObject axis, List<String> unknown) {
    Double low = end(axis, LOWS);
    Double high = end(axis, HIGHS);
    if (low != null && high != null) {
      boolean log =
          unknown.stream().anyMatch(word -> word.startsWith("log"))
              || axis.values().stream().anyMatch(v -> v.unwrapped() instanceof String);
      return log && low > 0
          ? "write log10 = " + exponents(low, high)
          : "write linear = [%s, %s]".formatted(brief(low), brief(high));
    }
    String word = unknown.get(0);
    if (unknown.stream().allMatch(AxisWords::meansPoints)) {
      return "did you mean points?";
    }
    String kind = KINDS.get(word.toLowerCase(Locale.ROOT).replace('_', '-'));
    if (kind == null) {
      return DidYouMean.remedy(word, AxisNames.KNOWN);
    }
    ConfigValue value = axis.get(word);
    if (value instanceof ConfigList list && list.size() == 2 && kind.equals("log10")) {
      Double a = number(list.get(0));
      Double b = number(list.get(1));
      if (a != null && b != null && a > 0 && b > 0) {
        return "write log10 = " + exponents(a, b);
      }
    }
    return "write " + kind + " = [...]";
  }

  private static @Nullable Double end(ConfigObject axis, List<String> names) {
    for (String name : names) {
      ConfigValue value = axis.get(name);
      if (value != null) {
        return number(value);
      }
    }
    return null;
  }

  private static @Nullable Double number(ConfigValue value) {
    Object read =
        new ValueType.Real(-Double.MAX_VALUE, true, Double.MAX_VALUE, true)
            .read(String.valueOf(value.unwrapped()));
    return read instanceof Double number ? number : null;
  }

  /**
   * Whether the ends of a {@code log10} are certainly values and not exponents: the setting may
   * have both of them as they stand, and as exponents they stay between 1 and 10, where no rate, λ
   * or scale of weights is sought (0 to 1 could be meant), or the lower one is an exponent that
   * nobody writes.
   */
  static boolean areNoExponents(ValueType kind, double[] ends) {
    double low = ends[0];
    double high = ends[1];
    boolean within = low >= 0 && high <= 1 && high - low < 1;
    return areValues(kind, ends) && (within || low > 0 && low < 0.01 && high >= 10 * low);
  }

  private static boolean areValues(ValueType kind, double[] ends) {
    boolean lowest = ends[0] == 0 || ends[0] > 0 && kind.read(ends[0]) != null;
    return lowest && kind.read(ends[1]) != null;
  }

  /** What to do where an end of a {@code log10} leads out of the setting's range. */
  static String change(ValueType kind, double[] ends) {
    return areValues(kind, ends) && ends[0] > 0 && ends[1] >= 10 * ends[0]
        ? "write " + exponents(ends[0], ends[1])
        : "change them";
  }

  /** What to write for a range of values. */
  static String range(double low, double high) {
    return low > 0
        ? "write log10 = " + exponents(low, high)
        : "write log10 = [a, %s] with the exponent a of the lowest value > 0, or linear = [0, %s]"
            .formatted(brief(StrictMath.log10(high)), brief(high));
  }

  /** {@code [-5, -1]} for 1e-5 and 1e-1. */
  static String exponents(double low, double high) {
    return "[%s, %s]".formatted(brief(StrictMath.log10(low)), brief(StrictMath.log10(high)));
  }

  static String brief(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(6)).stripTrailingZeros();
    boolean plain = Math.abs(number) >= 1e-4 && Math.abs(number) < 1e6 || number == 0;
    return plain ? rounded.toPlainString() : rounded.toString();
  }
}
