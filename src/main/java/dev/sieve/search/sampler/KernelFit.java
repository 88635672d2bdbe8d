package dev.sieve.search.sampler;

import dev.sieve.search.sampler.GaussianProcess.Kernel;
import dev.sieve.search.space.UnitCube;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the kernel of largest posterior: likelihood times a wide log-normal prior on the length
 * scales, which keeps few points from being explained by an axis that never changes anything. A
 * fixed number of steps from a fixed start, for the same kernel on every machine.
 */
final class KernelFit {
  private static final double[] SCALES = {0.1, 0.2, 0.4, 0.8, 1.6};
  private static final double[] NOISES = {1e-6, 1e-3, 1e-1};
  private static final double LEAST_NOISE = 1e-6;
  private static final double MOST_NOISE = 1;
  private static final double USUAL_SCALE = 0.5;
  private static final int SWEEPS = 2;

  private final UnitCube cube;
  private final List<double[]> points;
  private final double[] y;
  private Kernel best;
  private double highest = Double.NEGATIVE_INFINITY;

  private KernelFit(UnitCube cube, List<double[]> points, double[] y) {
    this.cube = cube;
    this.points = points;
    this.y = y;
    this.best = same(USUAL_SCALE, 1e-1);
  }

  /**
   * @param y one a point, centred and of variance 1
   */
  static Kernel best(UnitCube cube, List<double[]> points, double[] y) {
    KernelFit search = new KernelFit(cube, points, y);
    for (double scale : SCALES) {
      for (double noise : NOISES) {
        search.consider(search.same(scale, noise));
      }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      search.sweep();
    }
    return search.best;
  }

  private void sweep() {
    for (int axis = 0; axis < cube.dimensions(); axis++) {
      Kernel start = best;
      for (double factor : new double[] {0.5, 2}) {
        double[] scales = start.scales().clone();
        scales[axis] *= factor;
        consider(new Kernel(scales, start.noise()));
      }
    }
    Kernel start = best;
    for (double factor : new double[] {0.1, 10}) {
      double noise = Math.max(LEAST_NOISE, Math.min(MOST_NOISE, start.noise() * factor));
      consider(new Kernel(start.scales(), noise));
    }
  }

  private Kernel same(double scale, double noise) {
    double[] scales = new double[cube.dimensions()];
    Arrays.fill(scales, scale);
    return new Kernel(scales, noise);
  }

  private void consider(Kernel kernel) {
    GaussianProcess process = GaussianProcess.of(cube, points, y, kernel);
    if (process == null) {
      return;
    }
    double posterior = process.logLikelihood();
    for (double scale : kernel.scales()) {
      double away = StrictMath.log(scale / USUAL_SCALE);
      posterior -= away * away / 2;
    }
    if (posterior > highest) {
      highest = posterior;
      best = kernel;
    }
  }
}
