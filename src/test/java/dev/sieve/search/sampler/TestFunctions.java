package dev.sieve.search.sampler;

import dev.sieve.random.Draws;
import dev.sieve.search.Studies;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.List;

/** Functions on which samplers are compared; larger is better. */
enum TestFunctions {
  /** Branin & Hoo: two axes, three equal optima. */
  BRANIN(
      new Space(
          List.of(
              new Axis("x", "x", new Domain.Linear(-5, 10, 0)),
              new Axis("y", "y", new Domain.Linear(0, 15, 0)))),
      -0.39788735772973816,
      0) {
    @Override
    double value(double[] x) {
      double b = 5.1 / (4 * StrictMath.PI * StrictMath.PI);
      double inner = x[1] - b * x[0] * x[0] + 5 / StrictMath.PI * x[0] - 6;
      double wave = 10 * (1 - 1 / (8 * StrictMath.PI)) * StrictMath.cos(x[0]);
      return -(inner * inner + wave + 10);
    }
  },
  /** Hartmann's function of six axes, one of its optima the best. */
  HARTMANN_6(unitAxes(), 3.322368011391339, 0) {
    @Override
    double value(double[] x) {
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        double square = 0;
        for (int j = 0; j < 6; j++) {
          double d = x[j] - 1e-4 * P[i][j];
          square += A[i][j] * d * d;
        }
        sum += ALPHA[i] * StrictMath.exp(-square);
      }
      return sum;
    }
  },
  /** What a search over λ, η and σ looks like: a noisy dome over the exponents. */
  NOISY_LOG_QUADRATIC(
      new Space(
          List.of(
              Studies.log("lambda", "l", -5, -1, 0),
              Studies.log("eta", "e", -3, 0, 0),
              Studies.log("sigma", "s", -4, -1, 0))),
      0.5,
      0.005) {
    @Override
    double value(double[] x) {
      double l = StrictMath.log10(x[0]) + 2.6;
      double e = StrictMath.log10(x[1]) + 1.2;
      double s = StrictMath.log10(x[2]) + 2;
      return 0.5 - 0.03 * l * l - 0.08 * e * e - 0.01 * s * s;
    }
  };

  private static final double[] ALPHA = {1, 1.2, 3, 3.2};
  private static final double[][] A = {
    {10, 3, 17, 3.5, 1.7, 8},
    {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, 0.05, 10, 0.1, 14}
  };
  private static final double[][] P = {
    {1312, 1696, 5569, 124, 8283, 5886},
    {2329, 4135, 8307, 3736, 1004, 9991},
    {2348, 1451, 3522, 2883, 3047, 6650},
    {4047, 8828, 8732, 5743, 1091, 381}
  };

  final Space space;
  final double optimum;

  /** Standard deviation of what is observed. */
  final double noise;

  TestFunctions(Space space, double optimum, double noise) {
    this.space = space;
    this.optimum = optimum;
    this.noise = noise;
  }

  abstract double value(double[] x);

  final double value(Configuration configuration) {
    double[] x = new double[space.axes().size()];
    for (int i = 0; i < x.length; i++) {
      AxisValue value = configuration.values().get(space.axes().get(i).path());
      x[i] = value instanceof AxisValue.Number number ? number.value() : Double.NaN;
    }
    return value(x);
  }

  /** What a trial sees: the noise of a configuration is its own, whoever proposes it. */
  final double observed(Configuration configuration, long seed) {
    long identity = Long.parseLong(configuration.id(), 16) ^ (seed * 0x9e3779b97f4a7c15L);
    return value(configuration) + noise * new Draws(identity).nextNormal();
  }

  private static Space unitAxes() {
    List<Axis> axes = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      axes.add(new Axis("x" + i, "x" + i, new Domain.Linear(0, 1, 0)));
    }
    return new Space(axes);
  }
}
