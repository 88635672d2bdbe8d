package dev.sieve.search.sampler;

import dev.sieve.random.Draws;
import dev.sieve.search.sampler.Observation.State;
import dev.sieve.search.space.Space;
import dev.sieve.search.space.UnitCube;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tree-structured ParzenEstimator estimator (Bergstra, Bardenet, Bengio & Kégl, Algorithms for
 * Hyper-Parameter Optimization, NIPS 2011), multivariate: one kernel over all axes for each
 * configuration (Falkner, Klein & Hutter 2018). The best tenth of the outcomes makes a density
 * l(x), all others g(x); of some draws from l the one with the largest l/g is proposed. What
 * diverged is among the others, and so is what still runs (the constant liar: its outcome is taken
 * for a bad one), so that side by side trials keep away from each other.
 */
final class TpeSampler extends AdaptiveSampler {
  private static final int LEAST = 10;
  private static final int DRAWS = 32;
  private static final double GOOD = 0.1;
  private static final int MOST_GOOD = 25;

  @Override
  int least(int axes) {
    return LEAST;
  }

  @Override
  @Nullable Configuration propose(
      Space box, List<Observation> past, Set<String> known, Draws draws) {
    UnitCube cube = new UnitCube(box);
    List<Observation> ranked = new ArrayList<>(past);
    // A stable sort: ties stay in the order proposed.
    ranked.sort(Comparator.comparingDouble(TpeSampler::badness));
    int outcomes = (int) past.stream().filter(seen -> seen.state() != State.RUNNING).count();
    int scored = (int) past.stream().filter(seen -> seen.state() == State.SCORED).count();
    int good = Math.min(MOST_GOOD, (int) StrictMath.ceil(GOOD * outcomes));
    good = Math.min(good, scored);
    ParzenEstimator below = new ParzenEstimator(cube, points(cube, ranked.subList(0, good)));
    ParzenEstimator above =
        new ParzenEstimator(cube, points(cube, ranked.subList(good, ranked.size())));
    Configuration best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < DRAWS; i++) {
      Configuration candidate = cube.configuration(below.draw(draws));
      if (!cube.allows(candidate, known)) {
        continue;
      }
      double[] point = cube.point(candidate);
      double ratio = below.logDensity(point) - above.logDensity(point);
      if (ratio > highest) {
        highest = ratio;
        best = candidate;
      }
    }
    return best;
  }

  private static double badness(Observation seen) {
    return seen.state() == State.SCORED ? -seen.score() : Double.POSITIVE_INFINITY;
  }

  private static List<double[]> points(UnitCube cube, List<Observation> observations) {
    return observations.stream().map(seen -> cube.point(seen.configuration())).toList();
  }
}
