package dev.sieve.config.hocon;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value stands.
 *
 * @param source a file, an override or {@link #DEFAULTS}
 * @param line 1-based; 0 where there is none
 */
public record SourcePosition(String source, int line) implements Comparable<SourcePosition> {
  /** The origin of everything that no file and no override says. */
  static final String DEFAULTS = "default";

  private static final String OVERRIDE = "override '";
  private static final Pattern WITH_LINE = Pattern.compile("(.*?): (\\d+)(?:-\\d+)?");
  private static final Comparator<SourcePosition> ORDER =
      Comparator.comparingInt(SourcePosition::rank)
          .thenComparing(SourcePosition::source)
          .thenComparingInt(SourcePosition::line);

  public static SourcePosition of(ConfigOrigin origin) {
    String description = origin.description();
    if (description.startsWith("merge of ")) {
      // An object that several sources fill: its first place stands for it.
      description = firstOfMerge(description.substring("merge of ".length()));
    }
    Matcher matcher = WITH_LINE.matcher(description);
    if (!matcher.matches()) {
      return new SourcePosition(description, 0);
    }
    String source = matcher.group(1);
    boolean hasLines = !source.startsWith(OVERRIDE) && !source.equals(DEFAULTS);
    return new SourcePosition(source, hasLines ? Integer.parseInt(matcher.group(2)) : 0);
  }

  public static SourcePosition override(String text) {
    return new SourcePosition(OVERRIDE + text + "'", 0);
  }

  static SourcePosition file(Path file) {
    return new SourcePosition(file.toAbsolutePath().normalize().toString(), 0);
  }

  public boolean isDefault() {
    return source.equals(DEFAULTS);
  }

  public boolean isOverride() {
    return source.startsWith(OVERRIDE);
  }

  /** Files first. */
  private int rank() {
    return isDefault() ? 2 : isOverride() ? 1 : 0;
  }

  @Override
  public int compareTo(SourcePosition other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }

  private static String firstOfMerge(String places) {
    if (places.startsWith(OVERRIDE)) {
      return places.substring(0, places.indexOf('\'', OVERRIDE.length()) + 1);
    }
    int comma = places.indexOf(',');
    return comma < 0 ? places : places.substring(0, comma);
  }
}
