package dev.sieve.search.space;

import dev.sieve.trial.Configuration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A comparison that every configuration must hold, such as {@code eta <= 100 * lambda}. One that
 * names an axis which a configuration does not have leaves that configuration alone.
 *
 * @param text as the file has it
 */
public record Constraint(String text, Arithmetic left, String operator, Arithmetic right) {
  /**
   * Reads a comparison of sums of products: numbers, axes, {@code + - * / ( )} and {@code
   * log10(…)}.
   *
   * @param axes paths by what the file may call them; a name that is no word stands in single
   *     quotes
   * @throws IllegalArgumentException if the text is none, or names something else
   */
  public static Constraint parse(String text, Map<String, String> axes) {
    return new ConstraintParser(text, axes).parse();
  }

  /** Whether a configuration keeps it, or it does not concern it. */
  public boolean keptBy(Configuration configuration) {
    Double a = left.value(configuration.values());
    Double b = right.value(configuration.values());
    return a == null || b == null || holds(a, b);
  }

  /** Why a configuration is rejected, or null. */
  public @Nullable String rejection(Configuration configuration) {
    if (keptBy(configuration)) {
      return null;
    }
    String values =
        configuration.values().entrySet().stream()
            .filter(value -> names(value.getKey()))
            .map(value -> value.getKey() + " = " + Coordinates.brief(value.getValue()))
            .collect(Collectors.joining(", "));
    return "%s must hold, but %s".formatted(text, values);
  }

  /** Whether an axis is part of it. */
  public boolean names(String path) {
    return left.names(path) || right.names(path);
  }

  private boolean holds(double a, double b) {
    return switch (operator) {
      case "<=" -> a <= b;
      case "<" -> a < b;
      case ">=" -> a >= b;
      case ">" -> a > b;
      case "==" -> a == b;
      default -> a != b;
    };
  }
}
