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

  @Override
  public @Nullable Object read(Object raw) {
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
  public String text(Object value) {
    Duration span = (Duration) value;
    return span.getNano() == 0 ? span.toSeconds() + " seconds" : span.toNanos() + " ns";
  }

  /** With the unit as HOCON spells it. */
  private static String spelled(String text) {
    Matcher matcher = SHORT_UNIT.matcher(text.strip());
    return matcher.matches()
        ? matcher.group(1) + matcher.group(2).substring(0, 1).toLowerCase(Locale.ROOT)
        : text;
  }

  private static char last(String text) {
    return text.charAt(text.length() - 1);
  }
}
