package dev.sieve.search.space;

import dev.sieve.random.Draws;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A box as a model sees it: a configuration is a point with a coordinate for each {@link
 * AxisTransform}; NaN for an axis that it does not have.
 */
public final class UnitCube {
  private final Space box;
  private final List<AxisTransform> lines;
  private final boolean continuous;

  public UnitCube(Space box) {
    this.box = box;
    this.lines = box.axes().stream().map(AxisTransform::new).toList();
    this.continuous =
        box.plain()
            && box.axes().stream()
                .allMatch(axis -> Double.isInfinite(AxisPoints.cardinality(axis.domain())));
  }

  public List<AxisTransform> lines() {
    return lines;
  }

  public int dimensions() {
    return lines.size();
  }

  public double[] point(Configuration configuration) {
    double[] point = new double[lines.size()];
    for (int i = 0; i < point.length; i++) {
      AxisValue value = configuration.values().get(box.axes().get(i).path());
      point[i] = value == null ? Double.NaN : lines.get(i).position(value);
    }
    return point;
  }

  /** Whether a point lies in this box, and not in another one of the phase. */
  public boolean holds(double[] point) {
    for (int i = 0; i < point.length; i++) {
      double most = lines.get(i).ordered() ? 1 : lines.get(i).categories() - 1;
      if (point[i] < -1e-9 || point[i] > most + 1e-9) {
        return false;
      }
    }
    return true;
  }

  /** The configuration nearest to a point that has every coordinate. */
  public Configuration configuration(double[] point) {
    SortedMap<String, AxisValue> values = new TreeMap<>();
    for (int i = 0; i < point.length; i++) {
      values.put(box.axes().get(i).path(), lines.get(i).value(point[i]));
    }
    return box.configuration(values);
  }

  /** Whether a configuration is one of the box and not yet known. */
  public boolean allows(Configuration configuration, Set<String> known) {
    return !known.contains(configuration.id()) && box.keeps(configuration);
  }

  /** A uniform point. */
  public double[] draw(Draws draws) {
    double[] point = new double[lines.size()];
    for (int i = 0; i < point.length; i++) {
      AxisTransform line = lines.get(i);
      point[i] = line.ordered() ? draws.nextDouble() : draws.nextInt(line.categories());
    }
    return point;
  }

  /** A point in the neighbourhood: about half of the coordinates moved, at least one. */
  public double[] near(double[] point, double width, Draws draws) {
    double[] near = cubePoint(point, draws);
    int always = near.length == 0 ? 0 : draws.nextInt(near.length);
    for (int i = 0; i < near.length; i++) {
      if (i != always && draws.nextDouble() < 0.5) {
        continue;
      }
      AxisTransform line = lines.get(i);
      near[i] =
          line.ordered()
              ? Math.max(0, Math.min(1, near[i] + width * draws.nextNormal()))
              : draws.nextInt(line.categories());
    }
    return near;
  }

  /** The coordinates of the configuration that a point stands for. */
  public double[] snapped(double[] point) {
    return continuous ? point : point(configuration(point));
  }

  /** A point with every coordinate: those that it lacks are drawn. */
  private double[] cubePoint(double[] point, Draws draws) {
    double[] whole = draw(draws);
    for (int i = 0; i < whole.length; i++) {
      whole[i] = Double.isNaN(point[i]) ? whole[i] : point[i];
    }
    return whole;
  }
}
