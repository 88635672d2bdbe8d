package dev.sieve.config.hocon;

import dev.sieve.error.DidYouMean;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What to write instead of a value that breaks its key's rule, where that can be told. */
public final class Hints {
  private static final Pattern PERCENT = Pattern.compile("([\\d.]+)\\s*(%|percent|per cent)");
  private static final Pattern COMMA = Pattern.compile("-?\\d+,\\d+");
  private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3}([,_' ]\\d{3})+");
  private static final Pattern SUFFIX = Pattern.compile("([\\d.]+)\\s*([kKmM])");

  /** What other tools end one of their words with. */
  private static final String KIND =
      "-?(sampler|search|optimi[sz]er|pruner|scheduler|uniform|normal|init)";

  /** What other tools and papers call one of our words. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("bayes", "tpe or gp"),
          Map.entry("bayesian", "tpe or gp"),
          Map.entry("optuna", "tpe"),
          Map.entry("hyperopt", "tpe"),
          Map.entry("gaussian-process", "gp"),
          Map.entry("halton", "sobol"),
          Map.entry("lhs", "sobol"),
          Map.entry("latin-hypercube", "sobol"),
          Map.entry("quasi-random", "sobol"),
          Map.entry("qmc", "sobol"),
          Map.entry("bayesian-optimisation", "tpe or gp"),
          Map.entry("bayesian-optimization", "tpe or gp"),
          Map.entry("rmsprop", "adam"),
          Map.entry("cosine", "cyclical"),
          Map.entry("one-cycle", "cyclical"),
          Map.entry("kaiming", "he"),
          Map.entry("glorot", "xavier"),
          Map.entry("gaussian", "normal"),
          Map.entry("adamw", "adam"),
          Map.entry("nesterov", "momentum"),
          Map.entry("triangular", "cyclical"),
          Map.entry("cyclic", "cyclical"),
          Map.entry("exponential", "decay"),
          Map.entry("successive-halving", "halving"),
          Map.entry("cifar10", "cifar-10"),
          Map.entry("mnist", "idx"),
          Map.entry("fashion-mnist", "idx"),
          Map.entry("csv", "table"),
          Map.entry("parquet", "table"),
          Map.entry("before", "before-activation"),
          Map.entry("after", "after-activation"));

  private Hints() {}

  /** {@code "; write …"}, or nothing where what is meant cannot be told. */
  public static String of(ValueType kind, @Nullable Object raw) {
    String hint = raw == null ? "" : hint(kind, raw);
    return hint.isEmpty() ? "" : "; " + hint;
  }

  private static String hint(ValueType kind, Object raw) {
    String text = raw.toString().strip();
    if (text.length() > 100) {
      return "";
    }
    if (kind instanceof ValueType.Choice choice) {
      return word(text, choice.words());
    }
    if (kind instanceof ValueType.OrWord either) {
      String word = word(text, List.of(either.word()));
      return word.isEmpty() ? hint(either.kind(), raw) : word;
    }
    if (kind instanceof CountOrShare either) {
      String word = word(text, List.of(either.word()));
      // 80 % is a share, 45,000 is a count.
      return word.isEmpty()
          ? hint(PERCENT.matcher(text).matches() ? ValueType.SHARE : either.count(), raw)
          : word;
    }
    if (kind instanceof ValueType.Flag) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "yes", "on", "1", "y" -> "write true";
        case "no", "off", "0", "n" -> "write false";
        default -> "";
      };
    }
    if (kind instanceof TimeSpan) {
      return raw instanceof Number
          ? "write %s minutes, or another unit".formatted(text)
          : TimeSpan.hint(text);
    }
    if (kind instanceof ValueType.Text) {
      String plain = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[-._]+|-+$", "");
      return !text.isEmpty() && kind.read(plain) != null ? "write " + plain : "";
    }
    if (kind instanceof ValueType.Widths) {
      return raw instanceof Number ? "write [%s] for one layer".formatted(text) : list(raw);
    }
    return number(kind, text);
  }

  /** What to do about a text, or a list of one text, that was meant to be a list of numbers. */
  public static String list(Object raw) {
    if (raw instanceof List<?> items
        && items.stream().anyMatch(item -> PERCENT.matcher(item.toString()).matches())) {
      return "write " + items.stream().map(Hints::share).toList();
    }
    boolean inBrackets = raw instanceof List<?> items && items.size() == 1;
    String text = (inBrackets ? ((List<?>) raw).get(0) : raw).toString().strip();
    if (inBrackets && text.matches("-?[\\d.]+(\\s+-?[\\d.]+)+")) {
      return "write [%s]".formatted(text.replaceAll("\\s+", ", "));
    }
    if (!(raw instanceof String) || !text.startsWith("[")) {
      return "";
    }
    return text.endsWith("]") ? "remove the quotes" : "close the bracket";
  }

  /** A number of a list, where it is per cent as the share that it is. */
  private static String share(Object item) {
    Matcher percent = PERCENT.matcher(item.toString());
    String write =
        percent.matches()
            ? written(new ValueType.Real(0, true, Double.MAX_VALUE, true), percent.group(1), -2)
            : "";
    return write.isEmpty() ? item.toString() : write.replace("write ", "");
  }

  /** The nearest of some words, or the one that stands for another tool's. */
  static String word(String text, List<String> words) {
    String plain =
        text.replaceAll("([a-z])([A-Z])", "$1-$2")
            .toLowerCase(Locale.ROOT)
            .replace('_', '-')
            .replace(' ', '-')
            .replaceFirst("(?<=.)" + KIND + "$", "");
    String ours = WORDS.get(plain);
    if (ours != null && List.of(ours.split(" or ")).stream().allMatch(words::contains)) {
      return "did you mean " + ours + "?";
    }
    List<String> nearest = words.contains(plain) ? List.of(plain) : DidYouMean.of(plain, words);
    return nearest.isEmpty() ? "" : "did you mean " + String.join(" or ", nearest) + "?";
  }

  private static String number(ValueType kind, String text) {
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      return written(kind, percent.group(1), -2);
    }
    if (THOUSANDS.matcher(text).matches() && kind instanceof ValueType.Whole) {
      return written(kind, text.replaceAll("[,_' ]", ""), 0);
    }
    if (COMMA.matcher(text).matches()) {
      return written(kind, text.replace(',', '.'), 0);
    }
    Matcher suffix = SUFFIX.matcher(text);
    if (suffix.matches()) {
      return written(kind, suffix.group(1), suffix.group(2).equalsIgnoreCase("k") ? 3 : 6);
    }
    // A share of more than 1 is one in a hundred.
    boolean share = kind instanceof ValueType.Real real && real.high() == 1;
    if (share && text.matches("\\d{2}(\\.\\d+)?|100")) {
      String write = written(kind, text, -2);
      return write.isEmpty() ? "" : write + " for %s per cent".formatted(text);
    }
    return "";
  }

  private static String written(ValueType kind, String digits, int magnitude) {
    try {
      BigDecimal number = new BigDecimal(digits).scaleByPowerOfTen(magnitude);
      String text = number.stripTrailingZeros().toPlainString();
      return kind.read(text) == null ? "" : "write " + text;
    } catch (NumberFormatException e) {
      return "";
    }
  }
}
