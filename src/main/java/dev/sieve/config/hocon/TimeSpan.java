package dev.sieve.config.hocon;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A positive duration; a {@link Duration}. */
record TimeSpan() implements ValueType {
  private static final Pattern SHORT_UNIT =
      Pattern.compile("([\\d.]+\\s*)(mins?|secs?|hrs?)", Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD =
      Pattern.compile("[\\d.]+\\s*(minutes?|seconds?|hours?|days?)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:PT)?(?:([\\d.]+) ?h(?:ours?|rs?)?)? ?(?:([\\d.]+) ?m(?:in(?:ute)?s?)?)? ?(?:([\\d.]+) ?s(?:ec(?:ond)?s?)?)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CLOCK = Pattern.compile("(\\d+):(\\d\\d)(?::(\\d\\d))?");

  /** What is longer is no limit to anything, and cannot be added to a time of day. */
  private static final Duration LONGEST = Duration.ofDays(10_000);

  @Override
  public @Nullable Object read(Object raw) {
    Duration span = parsed(raw);
    return span == null || span.compareTo(LONGEST) > 0 ? null : span;
  }

  /** A duration > 0 of any length; null for what is none. */
  private static @Nullable Duration parsed(Object raw) {
    if (!(raw instanceof String text) || text.isEmpty() || !Character.isLetter(last(text))) {
      return null; // HOCON would take a bare number for milliseconds
    }
    try {
      Duration span =
          ConfigValueFactory.fromAnyRef(spelled(text)).atKey("span").getDuration("span");
      return span.isNegative() || span.isZero() ? null : span;
    } catch (ConfigException e) {
      return null;
    }
  }

  @Override
  public String rule() {
    return "a duration > 0 with its unit, such as 10 minutes";
  }

  @Override
  public String rule(Object raw) {
    return parsed(raw) == null
        ? rule()
        : "a duration > 0 of at most %s days".formatted(LONGEST.toDays());
  }

  @Override
  public String text(Object value) {
    Duration span = (Duration) value;
    return span.getNano() == 0 ? span.toSeconds() + " seconds" : span.toNanos() + " ns";
  }

  /** How a duration of several units, an ISO one or a clock's is written here; empty for others. */
  static String hint(String text) {
    Matcher parts = PARTS.matcher(text);
    Matcher clock = CLOCK.matcher(text);
    Matcher found = parts.matches() ? parts : clock.matches() ? clock : null;
    if (found == null) {
      return "";
    }
    double seconds = 0;
    for (int i = 1; i <= 3; i++) {
      seconds = 60 * seconds + part(found.group(i));
    }
    if (seconds != Math.rint(seconds) || seconds <= 0 || seconds > LONGEST.toSeconds()) {
      return "";
    }
    return seconds % 60 == 0
        ? "write %s minutes".formatted((long) seconds / 60)
        : "write %s seconds".formatted((long) seconds);
  }

  private static double part(@Nullable String digits) {
    return digits == null || !digits.matches("\\d+(\\.\\d+)?") ? 0 : Double.parseDouble(digits);
  }

  /** With the unit as HOCON spells it. */
  private static String spelled(String text) {
    if (WORD.matcher(text.strip()).matches()) {
      return text.toLowerCase(Locale.ROOT);
    }
    Matcher matcher = SHORT_UNIT.matcher(text.strip());
    return matcher.matches()
        ? matcher.group(1) + matcher.group(2).substring(0, 1).toLowerCase(Locale.ROOT)
        : text;
  }

  private static char last(String text) {
    return text.charAt(text.length() - 1);
  }
}
