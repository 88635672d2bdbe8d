package dev.sieve.search.space;

import dev.sieve.trial.AxisValue;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An axis as a line: positions are exponents on a logarithmic axis, the values themselves else.
 *
 * @param low the coarse bounds, as positions
 * @param step between allowed positions, from {@code low} on; 0 where all are allowed
 * @param ends the values at {@code low} and {@code high}
 */
public record Scale(Kind kind, double low, double high, double step, Domain.Ends ends) {
  public enum Kind {
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
  public static @Nullable Scale of(Domain domain, List<AxisValue> best) {
    if (domain instanceof Domain.Linear linear) {
      return new Scale(Kind.LINEAR, linear.low(), linear.high(), linear.step(), linear.ends());
    }
    if (domain instanceof Domain.Log10 log) {
      return new Scale(Kind.LOG10, log.low(), log.high(), log.step(), log.ends());
    }
    if (domain instanceof Domain.Integers integers) {
      Domain.Ends ends = new Domain.Ends(integers.low(), integers.high());
      return new Scale(Kind.INTEGER, ends.low(), ends.high(), integers.step(), ends);
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
    Domain.Ends ends = new Domain.Ends(low, high);
    if (whole) {
      return new Scale(Kind.INTEGER, low, high, 0, ends);
    }
    if (low > 0 && Decimals.log10(high) - Decimals.log10(low) >= 1) {
      return new Scale(Kind.LOG10, Decimals.log10(low), Decimals.log10(high), 0, ends);
    }
    return new Scale(Kind.LINEAR, low, high, 0, ends);
  }

  public double length() {
    return high - low;
  }

  public double position(AxisValue value) {
    return position(number(value));
  }

  private double position(double number) {
    return kind == Kind.LOG10 && Double.isFinite(number) ? Decimals.log10(number) : number;
  }

  /** The value at a position: the ends themselves at the ends, and none beyond them between. */
  public AxisValue value(double position) {
    return new AxisValue.Number(number(position, position));
  }

  /** The allowed position nearest to one. */
  double allowed(double position) {
    if (step > 0) {
      return lattice(Math.round((position - low) / step));
    }
    return kind == Kind.INTEGER ? StrictMath.rint(position) : position;
  }

  /** The position so many steps from the lower end; the upper end where they lead there. */
  double lattice(long steps) {
    double unit = step > 0 ? step : 1;
    double at = steps == 0 ? low : Decimals.lattice(low, unit, steps);
    // As far as a decimal step may miss it.
    return Math.abs(at - high) <= Math.min(1e-9 * length(), unit / 2) ? high : at;
  }

  /** The stretch between two positions; one value where it has no length. */
  public Domain stretch(double from, double to, int points) {
    return stretch(from, to, points, Limits.NONE);
  }

  /** The part of the stretch between two positions that keeps within a setting's limits. */
  public Domain stretch(double from, double to, int points, Limits limits) {
    double least = kind == Kind.LOG10 ? limits.leastPositive() : limits.low();
    double lowest = position(least);
    double highest = position(limits.high());
    double start = allowed(Math.max(from, lowest));
    start = Decimals.bound(start < lowest ? allowed(start + step) : start);
    double end = allowed(Math.min(to, highest));
    end = Decimals.bound(end > highest ? allowed(end - step) : end);
    double first = Math.max(least, number(from, start));
    double last = Math.min(limits.high(), number(to, end));
    if (start >= end || first >= last) {
      return new Domain.Values(List.of(new AxisValue.Number(first)));
    }
    Domain.Ends values = new Domain.Ends(first, last);
    return switch (kind) {
      case LINEAR -> new Domain.Linear(start, end, points, step, values);
      case LOG10 -> new Domain.Log10(start, end, points, step, values);
      case INTEGER -> new Domain.Integers((int) start, (int) end, points, (int) step);
    };
  }

  /** What a position stands for once it is rounded to a box's few places. */
  private double number(double position, double rounded) {
    if (position == low) {
      return ends.low();
    }
    if (position == high) {
      return ends.high();
    }
    double number = kind == Kind.LOG10 ? Decimals.pow10(rounded) : rounded;
    return position > low && position < high
        ? Math.max(ends.low(), Math.min(ends.high(), number))
        : number;
  }

  private static double number(AxisValue value) {
    if (value instanceof AxisValue.Number number) {
      return number.value();
    }
    throw new IllegalStateException("a range's coordinate must be a number, but got " + value);
  }
}
