package dev.sieve.search.space;

import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Configurations read back from the table's setting texts. */
public final class Coordinates {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private Coordinates() {}

  /** The configuration that a row's settings hold on the given axes. */
  public static Configuration read(List<Axis> axes, Map<String, String> settings) {
    TreeMap<String, AxisValue> values = new TreeMap<>();
    for (Axis axis : axes) {
      if (has(axis, settings)) {
        values.put(axis.path(), read(axis, settings));
      }
    }
    return new Configuration(values);
  }

  /** Whether a row has an axis: settings without effect are not stored. */
  public static boolean has(Axis axis, Map<String, String> settings) {
    return axis.needs().isEmpty() || settings.containsKey(axis.path());
  }

  /** A row's value on one axis. */
  public static AxisValue read(Axis axis, Map<String, String> settings) {
    String text = settings.get(axis.path());
    if (text == null) {
      throw new IllegalStateException(
          "a row must hold a setting for the axis " + axis.path() + ", but has " + settings);
    }
    if (axis.domain() instanceof Domain.Values explicit) {
      for (AxisValue value : explicit.values()) {
        if (value instanceof AxisValue.Text words && bare(words.value()).equals(bare(text))) {
          return value;
        }
      }
    }
    Double number = number(text);
    return number == null ? new AxisValue.Text(text) : new AxisValue.Number(number);
  }

  /** {@code lambda = 0.001, eta = 0.03162}, by the axes' labels. */
  public static String brief(List<Axis> axes, Configuration configuration) {
    if (configuration.values().isEmpty()) {
      return "the file's own settings";
    }
    Map<String, String> labels = axes.stream().collect(Collectors.toMap(Axis::path, Axis::label));
    return configuration.values().entrySet().stream()
        .map(e -> labels.getOrDefault(e.getKey(), e.getKey()) + " = " + brief(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  public static String brief(AxisValue value) {
    return value instanceof AxisValue.Number number
        ? Decimals.brief(number.value())
        : value.toString();
  }

  private static @Nullable Double number(String text) {
    return NUMBER.matcher(text.strip()).matches() ? Double.valueOf(text.strip()) : null;
  }

  /** Without what HOCON lets a writer vary. */
  private static String bare(String text) {
    return text.replaceAll("[\\s\"]", "");
  }
}
