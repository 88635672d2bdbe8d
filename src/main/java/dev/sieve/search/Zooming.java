package dev.sieve.search;

import dev.sieve.trial.AxisValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Boxes around the best configurations of a coarse phase. All lengths are on an axis's own scale;
 * values without an order keep those of the best.
 */
final class Zooming {
  private final Zoom zoom;
  private final int points;
  private final List<Ranked> best;

  /**
   * @param points what a grid takes of each axis of a box
   * @param best the top k, best first, at least one
   */
  Zooming(Zoom zoom, int points, List<Ranked> best) {
    this.zoom = zoom;
    this.points = points;
    this.best = List.copyOf(best);
  }

  List<Box> boxes(Space coarse) {
    if (zoom instanceof Zoom.Range) {
      return List.of(box(coarse, best));
    }
    return best.stream().map(parent -> box(coarse, List.of(parent))).toList();
  }

  private Box box(Space coarse, List<Ranked> parents) {
    Map<String, Domain> domains = new LinkedHashMap<>();
    for (Axis axis : coarse.axes()) {
      domains.put(axis.path(), domain(axis, parents));
    }
    return new Box(coarse.over(domains), parents);
  }

  private Domain domain(Axis axis, List<Ranked> parents) {
    List<AxisValue> ofBest = coordinates(axis, best);
    if (coordinates(axis, parents).isEmpty()) {
      return Domains.withPoints(axis.domain(), points); // no parent has the axis: nothing is known
    }
    Scale scale = Scale.of(axis.domain(), ofBest);
    if (scale == null) {
      Map<String, AxisValue> kept = new LinkedHashMap<>();
      ofBest.forEach(value -> kept.putIfAbsent(value.canonical(), value));
      return new Domain.Values(List.copyOf(kept.values()));
    }
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (AxisValue value : coordinates(axis, parents)) {
      lowest = Math.min(lowest, scale.position(value));
      highest = Math.max(highest, scale.position(value));
    }
    double from = lowest - reach(scale);
    double to = highest + reach(scale);
    if (zoom.clip()) {
      from = Math.max(from, scale.low());
      to = Math.min(to, scale.high());
    }
    return scale.stretch(from, to, points);
  }

  /** How far a box goes beyond its parents' coordinates on each side. */
  private double reach(Scale scale) {
    if (zoom instanceof Zoom.Boxes boxes) {
      return boxes.shrink() * scale.length() / 2;
    }
    double margin = ((Zoom.Range) zoom).margin();
    return scale.kind() == Scale.Kind.LOG10 ? margin : margin * scale.length();
  }

  private static List<AxisValue> coordinates(Axis axis, List<Ranked> rows) {
    return rows.stream()
        .filter(row -> Coordinates.has(axis, row.settings()))
        .map(row -> Coordinates.read(axis, row.settings()))
        .toList();
  }
}
