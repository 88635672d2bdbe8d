package dev.sieve.search.space;

import dev.sieve.error.UserException;
import dev.sieve.random.Draws;
import dev.sieve.trial.AxisValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of one axis: a grid's points, a random grid's draws, single draws. */
public final class AxisPoints {
  /** Draws of a known value in a row, after which a range counts as used up. */
  private static final int PATIENCE = 100;

  private AxisPoints() {}

  /** All explicit values, or the evenly spaced points of a range, ends included. */
  public static List<AxisValue> grid(Axis axis) {
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
  public static List<AxisValue> drawn(Axis axis, Draws draws) {
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
  public static AxisValue draw(Domain domain, Draws draws) {
    if (domain instanceof Domain.Values explicit) {
      return explicit.values().get(draws.nextInt(explicit.values().size()));
    }
    return at(domain, draws.nextDouble());
  }

  /** The value at a share u of the domain, 0 ≤ u < 1: uniform u give uniform values. */
  public static AxisValue at(Domain domain, double u) {
    if (domain instanceof Domain.Values explicit) {
      return explicit.values().get((int) (u * explicit.values().size()));
    }
    Scale scale = range(domain);
    double n = cardinality(domain);
    if (Double.isInfinite(n)) {
      return scale.value(Math.min(scale.high(), scale.low() + scale.length() * u));
    }
    return scale.value(scale.lattice((long) (u * n)));
  }

  /** Number of different values; infinite for a continuous range. */
  public static double cardinality(Domain domain) {
    if (domain instanceof Domain.Values explicit) {
      return explicit.values().size();
    }
    Scale scale = range(domain);
    if (scale.step() > 0) {
      // The last step may miss the end of a range by the noise of decimals.
      return StrictMath.floor(scale.length() / scale.step() + 1e-9) + 1;
    }
    return scale.kind() == Scale.Kind.INTEGER ? scale.length() + 1 : Double.POSITIVE_INFINITY;
  }

  /** All values of a domain of finite cardinality. */
  public static List<AxisValue> all(Domain domain) {
    if (domain instanceof Domain.Values explicit) {
      return explicit.values();
    }
    double n = cardinality(domain);
    List<AxisValue> values = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      values.add(at(domain, (i + 0.5) / n));
    }
    return values;
  }

  private static double point(Domain domain, int i, int points) {
    Scale scale = range(domain);
    double position = scale.allowed(Decimals.point(scale.low(), scale.high(), i, points));
    return ((AxisValue.Number) scale.value(position)).value();
  }

  private static Scale range(Domain domain) {
    Scale scale = Scale.of(domain, List.of());
    if (scale == null) {
      throw new IllegalStateException("a range must have a scale, but got " + domain);
    }
    return scale;
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
