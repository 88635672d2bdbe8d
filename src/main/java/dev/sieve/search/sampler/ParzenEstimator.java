package dev.sieve.search.sampler;

import dev.sieve.random.Draws;
import dev.sieve.search.space.AxisTransform;
import dev.sieve.search.space.UnitCube;
import java.util.List;
import org.hipparchus.special.Erf;

/**
 * A density over a cube: the even mixture of a wide prior and a kernel around each point. Along an
 * ordered axis a kernel is a normal, cut off at the ends; along another it prefers the point's own
 * category. Along an axis that the point does not have it is uniform.
 */
final class ParzenEstimator {
  /** Standard deviation of a kernel before its count and the number of axes shrink it. */
  private static final double WIDTH = 0.2;

  private static final double LOG_ROOT_2PI = 0.5 * StrictMath.log(2 * StrictMath.PI);
  private static final double ROOT_2 = StrictMath.sqrt(2);

  private final UnitCube cube;
  private final List<double[]> points;
  private final double width;

  ParzenEstimator(UnitCube cube, List<double[]> points) {
    this.cube = cube;
    this.points = points;
    int n = Math.max(1, points.size());
    // Scott's rule, but never below what n points can tell apart.
    double scott = WIDTH * StrictMath.pow(n, -1.0 / (cube.dimensions() + 4));
    this.width = Math.max(scott, 1.0 / Math.min(100, n + 1) / 4);
  }

  /** A draw, with every coordinate. */
  double[] draw(Draws draws) {
    int kernel = draws.nextInt(points.size() + 1);
    double[] drawn = cube.draw(draws);
    if (kernel == points.size()) {
      return drawn;
    }
    double[] point = points.get(kernel);
    for (int i = 0; i < drawn.length; i++) {
      if (Double.isNaN(point[i])) {
        continue;
      }
      if (cube.lines().get(i).ordered()) {
        drawn[i] = cutOff(point[i], draws);
      } else if (draws.nextDouble() < own()) {
        drawn[i] = point[i];
      }
    }
    return drawn;
  }

  /** Logarithm of the density of those coordinates that a point has. */
  double logDensity(double[] x) {
    double[] logs = new double[points.size() + 1];
    double largest = prior(x);
    logs[points.size()] = largest;
    for (int k = 0; k < points.size(); k++) {
      logs[k] = kernel(points.get(k), x);
      largest = Math.max(largest, logs[k]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.exp(log - largest);
    }
    return largest + StrictMath.log(sum / logs.length);
  }

  private double prior(double[] x) {
    double log = 0;
    for (int i = 0; i < x.length; i++) {
      log += Double.isNaN(x[i]) ? 0 : uniform(i);
    }
    return log;
  }

  /** Logarithm of the uniform density of an axis. */
  private double uniform(int axis) {
    AxisTransform line = cube.lines().get(axis);
    return line.ordered() ? 0 : -StrictMath.log(line.categories());
  }

  private double kernel(double[] point, double[] x) {
    double log = 0;
    for (int i = 0; i < x.length; i++) {
      AxisTransform line = cube.lines().get(i);
      if (Double.isNaN(x[i])) {
        continue;
      }
      if (Double.isNaN(point[i])) {
        log += uniform(i);
      } else if (line.ordered()) {
        double z = (x[i] - point[i]) / width;
        log -= z * z / 2 + LOG_ROOT_2PI + StrictMath.log(width * within(point[i]));
      } else {
        double other = (1 - own()) / line.categories();
        log += StrictMath.log(x[i] == point[i] ? own() + other : other);
      }
    }
    return log;
  }

  /** Share of a kernel around a point that lies in 0 … 1. */
  private double within(double centre) {
    return (Erf.erf((1 - centre) / width / ROOT_2) + Erf.erf(centre / width / ROOT_2)) / 2;
  }

  private double cutOff(double centre, Draws draws) {
    while (true) {
      double x = centre + width * draws.nextNormal();
      if (x >= 0 && x <= 1) {
        return x;
      }
    }
  }

  /** Share of a kernel's weight that stays at its own category. */
  private double own() {
    return points.size() / (points.size() + 1.0);
  }
}
