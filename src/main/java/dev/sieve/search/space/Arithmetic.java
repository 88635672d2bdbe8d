package dev.sieve.search.space;

import dev.sieve.trial.AxisValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One side of a {@link Constraint}. */
public sealed interface Arithmetic {
  /** Null where an axis has no number. */
  @Nullable Double value(Map<String, AxisValue> values);

  /** Whether it depends on an axis. */
  boolean names(String path);

  /** A number. */
  record Literal(double number) implements Arithmetic {
    @Override
    public Double value(Map<String, AxisValue> values) {
      return number;
    }

    @Override
    public boolean names(String path) {
      return false;
    }
  }

  /** An axis's value. */
  record Coordinate(String path) implements Arithmetic {
    @Override
    public @Nullable Double value(Map<String, AxisValue> values) {
      return values.get(path) instanceof AxisValue.Number number ? number.value() : null;
    }

    @Override
    public boolean names(String other) {
      return path.equals(other);
    }
  }

  /** log10 of what it holds. */
  record Logarithm(Arithmetic of) implements Arithmetic {
    @Override
    public @Nullable Double value(Map<String, AxisValue> values) {
      Double value = of.value(values);
      return value == null ? null : Double.valueOf(StrictMath.log10(value));
    }

    @Override
    public boolean names(String path) {
      return of.names(path);
    }
  }

  /** left + right, or with −, *, /. */
  record Operation(Arithmetic left, char operator, Arithmetic right) implements Arithmetic {
    @Override
    public @Nullable Double value(Map<String, AxisValue> values) {
      Double a = left.value(values);
      Double b = right.value(values);
      if (a == null || b == null) {
        return null;
      }
      return switch (operator) {
        case '+' -> a + b;
        case '-' -> a - b;
        case '*' -> a * b;
        default -> a / b;
      };
    }

    @Override
    public boolean names(String path) {
      return left.names(path) || right.names(path);
    }
  }
}
