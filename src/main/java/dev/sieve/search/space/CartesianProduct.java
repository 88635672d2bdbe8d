package dev.sieve.search.space;

import dev.sieve.error.UserException;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All combinations of the values of several axes. */
public final class CartesianProduct {
  /** Configurations of one box that a driver can be asked to list. */
  public static final int LARGEST = 100_000;

  private CartesianProduct() {}

  /**
   * Every combination that the space has, the last axis fastest; those that differ only in axes
   * without effect once.
   */
  public static List<Configuration> of(Space space, List<List<AxisValue>> values) {
    List<Axis> axes = space.axes();
    double size = 1;
    for (List<AxisValue> axis : values) {
      size *= axis.size();
    }
    requireCountable(axes, size);
    Map<String, Configuration> product = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      TreeMap<String, AxisValue> coordinates = new TreeMap<>();
      int rest = i;
      for (int axis = axes.size() - 1; axis >= 0; axis--) {
        List<AxisValue> choices = values.get(axis);
        coordinates.put(axes.get(axis).path(), choices.get(rest % choices.size()));
        rest /= choices.size();
      }
      Configuration member = space.configuration(coordinates);
      if (space.keeps(member)) {
        product.putIfAbsent(member.id(), member);
      }
    }
    return List.copyOf(product.values());
  }

  /** Refuses what could not be listed, before any axis's points are made. */
  public static void requireCountable(Space space) {
    requireCountable(space.axes(), size(space, 1));
  }

  /**
   * Combinations that a grid makes of a space.
   *
   * @param points what a range gives that names none itself
   */
  public static double size(Space space, int points) {
    double size = 1;
    for (Axis axis : space.axes()) {
      size *= points(axis, Math.max(1, points));
    }
    return size;
  }

  private static double points(Axis axis, int points) {
    double cardinality = AxisPoints.cardinality(axis.domain());
    int named = Domains.points(axis.domain());
    return axis.domain() instanceof Domain.Values
        ? cardinality
        : Math.min(cardinality, named > 0 ? named : points);
  }

  private static void requireCountable(List<Axis> axes, double size) {
    if (size > LARGEST) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "a grid may have at most %s configurations, but %s make %.0f: lower the axes' points, or use sampler = random",
              LARGEST,
              axes.stream().map(Axis::label).toList(),
              size));
    }
  }

  /**
   * The first of each grid, then the second of each …, none twice.
   *
   * @param count how many at most; 0 for all
   */
  public static List<Configuration> takingTurns(List<List<Configuration>> grids, int count) {
    Map<String, Configuration> distinct = new LinkedHashMap<>();
    int longest = grids.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      for (List<Configuration> grid : grids) {
        if (i < grid.size()) {
          distinct.putIfAbsent(grid.get(i).id(), grid.get(i));
        }
      }
    }
    return distinct.values().stream().limit(count == 0 ? Long.MAX_VALUE : count).toList();
  }
}
