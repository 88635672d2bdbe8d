package dev.sieve.search.space;

import dev.sieve.trial.AxisValue;
import java.util.List;

/**
 * What values an axis may take. {@code points} is what a grid or a random grid takes of a range; 0
 * where the file names none. {@code step} allows only every so much of a range, from its lower end
 * on; 0 allows all of it.
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

  /**
   * Smallest and largest value of a range, bit for bit what the file says: a box's positions are
   * decimals of few places, which need not lead back to it.
   */
  record Ends(double low, double high) {}

  /** Uniform in [low, high]. */
  record Linear(double low, double high, int points, double step, Ends ends) implements Domain {
    public Linear {
      requireRange(low, high, points, step);
    }

    public Linear(double low, double high, int points, double step) {
      this(low, high, points, step, new Ends(low, high));
    }

    public Linear(double low, double high, int points) {
      this(low, high, points, 0);
    }
  }

  /** 10 to a power that is uniform in [low, high]; {@code step} in decades. */
  record Log10(double low, double high, int points, double step, Ends ends) implements Domain {
    public Log10 {
      requireRange(low, high, points, step);
      if (!(ends.low() > 0) || Double.isInfinite(ends.high())) {
        throw new IllegalArgumentException(
            "10^low > 0 and a finite 10^high must hold, but got low=%s, high=%s"
                .formatted(low, high));
      }
    }

    public Log10(double low, double high, int points, double step) {
      this(low, high, points, step, ends(low, high));
    }

    /** 10 to both powers; 0 or infinite where doubles do not reach them. */
    public static Ends ends(double low, double high) {
      return new Ends(Decimals.pow10(low), Decimals.pow10(high));
    }

    public Log10(double low, double high, int points) {
      this(low, high, points, 0);
    }
  }

  /** Whole numbers low … high. */
  record Integers(int low, int high, int points, int step) implements Domain {
    public Integers {
      requireRange(low, high, points, step);
    }

    public Integers(int low, int high, int points) {
      this(low, high, points, 0);
    }
  }

  private static void requireRange(double low, double high, int points, double step) {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "low < high must hold, but got low=%s, high=%s".formatted(low, high));
    }
    if (points < 0) {
      throw new IllegalArgumentException("points >= 1 must hold, but got " + points);
    }
    if (!(step >= 0) || step > high - low) {
      throw new IllegalArgumentException(
          "0 < step <= high - low must hold, but got step=%s for low=%s, high=%s"
              .formatted(step, low, high));
    }
  }
}
