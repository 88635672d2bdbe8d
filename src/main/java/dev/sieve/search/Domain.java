package dev.sieve.search;

import dev.sieve.trial.AxisValue;
import java.util.List;

/**
 * What values an axis may take. {@code points} is what a grid or a random grid takes of a range; 0
 * where the file names none.
 */
public sealed interface Domain {
  /** Explicit values, in the file's order. */
  record Values(List<AxisValue> values) implements Domain {
    public Values {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("an axis must have at least one value");
      }
    }
  }

  /** Uniform in [low, high]. */
  record Linear(double low, double high, int points) implements Domain {
    public Linear {
      requireRange(low, high, points);
    }
  }

  /** 10 to a power that is uniform in [low, high]. */
  record Log10(double low, double high, int points) implements Domain {
    public Log10 {
      requireRange(low, high, points);
    }
  }

  /** Whole numbers low … high. */
  record Integers(int low, int high, int points) implements Domain {
    public Integers {
      requireRange(low, high, points);
    }
  }

  private static void requireRange(double low, double high, int points) {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "low < high must hold, but got low=%s, high=%s".formatted(low, high));
    }
    if (points < 0) {
      throw new IllegalArgumentException("points >= 1 must hold, but got " + points);
    }
  }
}
