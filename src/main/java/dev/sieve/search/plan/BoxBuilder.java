package dev.sieve.search.plan;

import dev.sieve.search.definition.Zoom;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Coordinates;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Domains;
import dev.sieve.search.space.Limits;
import dev.sieve.search.space.Scale;
import dev.sieve.search.space.Space;
import dev.sieve.search.space.UnitCube;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Boxes around the best configurations of a coarse phase, or of a fine level. All lengths are on an
 * axis's own scale; values without an order keep those of the best.
 */
public final class BoxBuilder {
  private final Zoom zoom;
  private final int points;
  private final List<LeaderboardRow> best;
  private final Space bounds;
  private final List<Space> before;
  private final String source;
  private final Function<String, Limits> limits;

  /**
   * @param points what a grid takes of each axis of a box
   * @param best the top k, best first, at least one
   * @param bounds the coarse space
   * @param before the boxes that the best were found in, of whose lengths the new ones have a
   *     share; the coarse space itself at first
   * @param source the phase of the best, for people
   * @param limits where the setting of a path ends, for boxes that leave the coarse bounds
   */
  public BoxBuilder(
      Zoom zoom,
      int points,
      List<LeaderboardRow> best,
      Space bounds,
      List<Space> before,
      String source,
      Function<String, Limits> limits) {
    this.zoom = zoom;
    this.points = points;
    this.best = List.copyOf(best);
    this.bounds = bounds;
    this.before = List.copyOf(before);
    this.source = source;
    this.limits = limits;
  }

  public List<Box> boxes() {
    if (zoom instanceof Zoom.Range) {
      return List.of(box(best));
    }
    return best.stream().map(parent -> box(List.of(parent))).toList();
  }

  private Box box(List<LeaderboardRow> parents) {
    Map<String, Domain> domains = new LinkedHashMap<>();
    for (Axis axis : bounds.axes()) {
      domains.put(axis.path(), domain(axis, parents));
    }
    return new Box(bounds.over(domains), source, parents);
  }

  private Domain domain(Axis axis, List<LeaderboardRow> parents) {
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
    double reach = reach(scale, length(axis, scale, parents));
    double from = lowest - reach;
    double to = highest + reach;
    if (zoom.clip()) {
      from = Math.max(from, scale.low());
      to = Math.min(to, scale.high());
    }
    return scale.stretch(from, to, points, zoom.clip() ? Limits.NONE : limits.apply(axis.path()));
  }

  /** The longest stretch of an axis among the boxes that parents were found in. */
  private double length(Axis axis, Scale scale, List<LeaderboardRow> parents) {
    double longest = 0;
    for (LeaderboardRow parent : parents) {
      Domain domain = around(parent).byPath().getOrDefault(axis.path(), axis).domain();
      Scale found = domain.equals(axis.domain()) ? scale : Scale.of(domain, List.of());
      longest = Math.max(longest, found == null ? 0 : found.length());
    }
    return longest;
  }

  /** The first box that holds a configuration; an extra point may lie in none. */
  private Space around(LeaderboardRow parent) {
    Configuration configuration = Coordinates.read(bounds.axes(), parent.settings());
    for (Space space : before) {
      UnitCube cube = new UnitCube(space);
      if (cube.holds(cube.point(configuration))) {
        return space;
      }
    }
    return before.get(0);
  }

  /** How far a box goes beyond its parents' coordinates on each side. */
  private double reach(Scale scale, double length) {
    if (zoom instanceof Zoom.Boxes boxes) {
      return boxes.shrink() * length / 2;
    }
    double margin = ((Zoom.Range) zoom).margin();
    return scale.kind() == Scale.Kind.LOG10 ? margin : margin * length;
  }

  private static List<AxisValue> coordinates(Axis axis, List<LeaderboardRow> rows) {
    return rows.stream()
        .filter(row -> Coordinates.has(axis, row.settings()))
        .map(row -> Coordinates.read(axis, row.settings()))
        .toList();
  }
}
