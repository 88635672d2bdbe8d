package dev.sieve.search.space;

import dev.sieve.trial.AxisValue;
import java.util.stream.Collectors;

/** Domains as texts. */
public final class Domains {
  private Domains() {}

  /** What a grid takes of a range; 0 for none and for explicit values. */
  public static int points(Domain domain) {
    if (domain instanceof Domain.Linear linear) {
      return linear.points();
    }
    if (domain instanceof Domain.Log10 log) {
      return log.points();
    }
    return domain instanceof Domain.Integers integers ? integers.points() : 0;
  }

  /** Steps between allowed values, on the axis's scale; 0 where all of a range is allowed. */
  public static double step(Domain domain) {
    if (domain instanceof Domain.Linear linear) {
      return linear.step();
    }
    if (domain instanceof Domain.Log10 log) {
      return log.step();
    }
    return domain instanceof Domain.Integers integers ? integers.step() : 0;
  }

  /** The domain with {@code points} where it is a range that names none. */
  public static Domain withPoints(Domain domain, int points) {
    if (points(domain) > 0) {
      return domain;
    }
    if (domain instanceof Domain.Linear linear) {
      return new Domain.Linear(linear.low(), linear.high(), points, linear.step(), linear.ends());
    }
    if (domain instanceof Domain.Log10 log) {
      return new Domain.Log10(log.low(), log.high(), points, log.step(), log.ends());
    }
    return domain instanceof Domain.Integers integers
        ? new Domain.Integers(integers.low(), integers.high(), points, integers.step())
        : domain;
  }

  /** Kind and range, as a plan's identity holds them: values and points may be added later. */
  public static String identity(Domain domain) {
    return domain instanceof Domain.Values ? "values" : text(domain);
  }

  /** As the file would say it, without points: {@code log10 = [-5, -1]}. */
  public static String text(Domain domain) {
    if (domain instanceof Domain.Values explicit) {
      return explicit.values().stream()
          .map(Domains::text)
          .collect(Collectors.joining(", ", "values = [", "]"));
    }
    if (domain instanceof Domain.Linear linear) {
      return range("linear", linear.low(), linear.high(), linear.step());
    }
    if (domain instanceof Domain.Log10 log) {
      return range("log10", log.low(), log.high(), log.step());
    }
    Domain.Integers integers = (Domain.Integers) domain;
    return range("integer", integers.low(), integers.high(), integers.step());
  }

  private static String text(AxisValue value) {
    return value instanceof AxisValue.Number number
        ? Decimals.text(number.value())
        : value.toString();
  }

  private static String range(String kind, double low, double high, double step) {
    String range = "%s = [%s, %s]".formatted(kind, Decimals.text(low), Decimals.text(high));
    return step == 0 ? range : range + ", step = " + Decimals.text(step);
  }
}
