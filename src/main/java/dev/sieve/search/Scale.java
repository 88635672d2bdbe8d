package dev.sieve.search;

import dev.sieve.trial.AxisValue;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An axis as a line: positions are exponents on a logarithmic axis, the values themselves else.
 *
 * @param low the coarse bounds, as positions
 * @param step between allowed positions, from {@code low} on; 0 where all are allowed
 */
record Scale(Kind kind, double low, double high, double step) {
  enum Kind {
    LINEAR,
    LOG10,
    INTEGER
  }

  /**
   * The scale of a domain. Numeric {@code values} are the range from the smallest to the largest:
   * logarithmic where all are > 0 and they span a decade, whole numbers where all are whole.
   *
   * @param best coordinates of the best configurations, which the bounds of {@code values} include
   *     even where the file no longer lists them
   * @return null for values that have no order, and for a single value
   */
  static @Nullable Scale of(Domain domain, List<AxisValue> best) {
    if (domain instanceof Domain.Linear linear) {
      return new Scale(Kind.LINEAR, linear.low(), linear.high(), linear.step());
    }
    if (domain instanceof Domain.Log10 log) {
      return new Scale(Kind.LOG10, log.low(), log.high(), log.step());
    }
    if (domain instanceof Domain.Integers integers) {
      return new Scale(Kind.INTEGER, integers.low(), integers.high(), integers.step());
    }
    List<AxisValue> all =
        Stream.concat(((Domain.Values) domain).values().stream(), best.stream()).toList();
    return all.stream().allMatch(v -> v instanceof AxisValue.Number) ? ofNumbers(all) : null;
  }

  private static @Nullable Scale ofNumbers(List<AxisValue> values) {
    double[] numbers = values.stream().mapToDouble(Scale::number).sorted().toArray();
    double low = numbers[0];
    double high = numbers[numbers.length - 1];
    if (low == high) {
      return null;
    }
    boolean whole = true;
    for (double number : numbers) {
      whole &= number == StrictMath.rint(number) && Math.abs(number) <= Integer.MAX_VALUE;
    }
    if (whole) {
      return new Scale(Kind.INTEGER, low, high, 0);
    }
    if (low > 0 && Decimals.log10(high) - Decimals.log10(low) >= 1) {
      return new Scale(Kind.LOG10, Decimals.log10(low), Decimals.log10(high), 0);
    }
    return new Scale(Kind.LINEAR, low, high, 0);
  }

  double length() {
    return high - low;
  }

  double position(AxisValue value) {
    double number = number(value);
    return kind == Kind.LOG10 ? Decimals.log10(number) : number;
  }

  AxisValue value(double position) {
    return new AxisValue.Number(kind == Kind.LOG10 ? Decimals.pow10(position) : position);
  }

  /** The allowed position nearest to one. */
  double allowed(double position) {
    if (step > 0) {
      return Decimals.lattice(low, step, Math.round((position - low) / step));
    }
    return kind == Kind.INTEGER ? StrictMath.rint(position) : position;
  }

  /** The stretch between two positions; one value where it has no length. */
  Domain stretch(double from, double to, int points) {
    double start = Decimals.bound(allowed(from));
    double end = Decimals.bound(allowed(to));
    if (start >= end) {
      return new Domain.Values(List.of(value(start)));
    }
    return switch (kind) {
      case LINEAR -> new Domain.Linear(start, end, points, step);
      case LOG10 -> new Domain.Log10(start, end, points, step);
      case INTEGER -> new Domain.Integers((int) start, (int) end, points, (int) step);
    };
  }

  private static double number(AxisValue value) {
    if (value instanceof AxisValue.Number number) {
      return number.value();
    }
    throw new IllegalStateException("a range's coordinate must be a number, but got " + value);
  }
}
