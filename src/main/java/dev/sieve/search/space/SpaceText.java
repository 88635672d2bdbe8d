package dev.sieve.search.space;

import dev.sieve.search.plan.Box;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what {@code studies} says of a phase's space: the boxes of a fine phase, the axes of
 * any. The inverse of {@link Box#text} and {@link Domains#text}, for those who draw them.
 */
public final class SpaceText {
  private static final String PREFIX = "space.";
  private static final Pattern AXIS =
      Pattern.compile("(\\S+) (values|linear|log10|integer) = \\[(.*?)\\](, step = \\S+)?");
  private static final Pattern LINEAGE = Pattern.compile(" around ((?:coarse|fine).* trial .*)$");

  private SpaceText() {}

  /**
   * A stretch of an axis.
   *
   * @param scale {@code linear}, {@code log10}, {@code integer} or {@code values}
   * @param low smallest value, on the setting's own scale and not as an exponent
   */
  public record Stretch(String scale, double low, double high) {}

  /**
   * A box by its axes' paths; an axis of values that are no numbers has no stretch.
   *
   * @param parents the trials that it was made around, as text; empty for an explicit space
   */
  public record TextBox(Map<String, Stretch> stretches, String parents) {}

  /** The boxes of a fine phase; empty for what is no text of boxes. */
  public static List<TextBox> boxes(String text) {
    List<TextBox> boxes = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher lineage = LINEAGE.matcher(line);
      boolean derived = lineage.find();
      String axes = derived ? line.substring(0, lineage.start()) : line;
      Map<String, Stretch> stretches = new LinkedHashMap<>();
      for (String axis : axes.split("; ", -1)) {
        Matcher matcher = AXIS.matcher(axis);
        Stretch stretch = matcher.matches() ? stretch(matcher.group(2), matcher.group(3)) : null;
        if (stretch != null) {
          stretches.put(matcher.group(1), stretch);
        }
      }
      if (!stretches.isEmpty()) {
        boxes.add(new TextBox(stretches, derived ? lineage.group(1) : ""));
      }
    }
    return boxes;
  }

  /**
   * The axes that a phase's identity names, each with its stretch; null for explicit values, which
   * the identity leaves open.
   */
  public static Map<String, @Nullable Stretch> axes(Map<String, String> identity) {
    Map<String, @Nullable Stretch> axes = new LinkedHashMap<>();
    identity.forEach(
        (name, text) -> {
          if (name.startsWith(PREFIX)) {
            Matcher matcher = AXIS.matcher(name.substring(PREFIX.length()) + " " + text);
            axes.put(
                name.substring(PREFIX.length()),
                matcher.matches() ? stretch(matcher.group(2), matcher.group(3)) : null);
          }
        });
    return axes;
  }

  private static @Nullable Stretch stretch(String kind, String numbers) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (String number : numbers.split(",", -1)) {
      try {
        double value = Double.parseDouble(number.strip());
        low = Math.min(low, value);
        high = Math.max(high, value);
      } catch (NumberFormatException e) {
        return null; // values without an order
      }
    }
    return kind.equals("log10")
        ? new Stretch(kind, Decimals.pow10(low), Decimals.pow10(high))
        : new Stretch(kind, low, high);
  }
}
