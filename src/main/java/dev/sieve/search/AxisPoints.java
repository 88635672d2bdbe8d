package dev.sieve.search;

import dev.sieve.error.UserException;
import dev.sieve.random.Draws;
import dev.sieve.trial.AxisValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of one axis: a grid's points, a random grid's draws, single draws. */
final class AxisPoints {
  /** Draws of a known value in a row, after which a range counts as used up. */
  private static final int PATIENCE = 100;

  private AxisPoints() {}

  /** All explicit values, or the evenly spaced points of a range, ends included. */
  static List<AxisValue> grid(Axis axis) {
    Domain domain = axis.domain();
    if (domain instanceof Domain.Values explicit) {
      return explicit.values();
    }
    int points = requirePoints(axis);
    Map<String, AxisValue> distinct = new LinkedHashMap<>();
    for (int i = 0; i < points; i++) {
      AxisValue value = new AxisValue.Number(point(domain, i, points));
      distinct.putIfAbsent(value.canonical(), value);
    }
    return List.copyOf(distinct.values());
  }

  /** All explicit values, or {@code points} different draws of a range in the order drawn. */
  static List<AxisValue> drawn(Axis axis, Draws draws) {
    if (axis.domain() instanceof Domain.Values explicit) {
      return explicit.values();
    }
    double wanted = Math.min(requirePoints(axis), cardinality(axis.domain()));
    Map<String, AxisValue> distinct = new LinkedHashMap<>();
    int repeats = 0;
    while (distinct.size() < wanted && repeats < PATIENCE * wanted) {
      AxisValue value = draw(axis.domain(), draws);
      repeats = distinct.putIfAbsent(value.canonical(), value) == null ? 0 : repeats + 1;
    }
    return List.copyOf(distinct.values());
  }

  /** One value, uniform on the domain's own scale. */
  static AxisValue draw(Domain domain, Draws draws) {
    if (domain instanceof Domain.Values explicit) {
      return explicit.values().get(draws.nextInt(explicit.values().size()));
    }
    return at(domain, draws.nextDouble());
  }

  /** The value at a share u of the domain, 0 ≤ u < 1: uniform u give uniform values. */
  static AxisValue at(Domain domain, double u) {
    if (domain instanceof Domain.Values explicit) {
      return explicit.values().get((int) (u * explicit.values().size()));
    }
    if (domain instanceof Domain.Linear linear) {
      return new AxisValue.Number(linear.low() + (linear.high() - linear.low()) * u);
    }
    if (domain instanceof Domain.Log10 log) {
      return new AxisValue.Number(Decimals.pow10(log.low() + (log.high() - log.low()) * u));
    }
    Domain.Integers integers = (Domain.Integers) domain;
    return new AxisValue.Number(integers.low() + StrictMath.floor(u * cardinality(integers)));
  }

  /** Number of different values; infinite for a continuous range. */
  static double cardinality(Domain domain) {
    if (domain instanceof Domain.Values explicit) {
      return explicit.values().size();
    }
    return domain instanceof Domain.Integers integers
        ? (double) integers.high() - integers.low() + 1
        : Double.POSITIVE_INFINITY;
  }

  /** All values of a domain of finite cardinality. */
  static List<AxisValue> all(Domain domain) {
    if (domain instanceof Domain.Values explicit) {
      return explicit.values();
    }
    Domain.Integers integers = (Domain.Integers) domain;
    List<AxisValue> values = new ArrayList<>();
    for (int value = integers.low(); value <= integers.high(); value++) {
      values.add(new AxisValue.Number(value));
    }
    return values;
  }

  private static double point(Domain domain, int i, int points) {
    if (domain instanceof Domain.Linear linear) {
      return Decimals.point(linear.low(), linear.high(), i, points);
    }
    if (domain instanceof Domain.Log10 log) {
      return Decimals.pow10(Decimals.point(log.low(), log.high(), i, points));
    }
    Domain.Integers integers = (Domain.Integers) domain;
    return StrictMath.rint(Decimals.point(integers.low(), integers.high(), i, points));
  }

  private static int requirePoints(Axis axis) {
    int points = Domains.points(axis.domain());
    if (points < 1) {
      throw new UserException(
          "a range in a grid needs points >= 1, but axis %s (%s) has none: add `points = 3`, or list `values`, or use sampler = random"
              .formatted(axis.label(), Domains.text(axis.domain())));
    }
    return points;
  }
}
