package dev.sieve.search.sampler;

import dev.sieve.random.Draws;
import dev.sieve.search.sampler.GaussianProcess.Kernel;
import dev.sieve.search.sampler.GaussianProcess.Normal;
import dev.sieve.search.sampler.Observation.State;
import dev.sieve.search.space.Space;
import dev.sieve.search.space.UnitCube;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.hipparchus.special.Erf;
import org.jspecify.annotations.Nullable;

/**
 * A Gaussian process with expected improvement (Jones, Schonlau & Welch 1998; Snoek, Larochelle &
 * Adams 2012). What diverged counts as the worst score seen; what still runs, as what the process
 * expects of it, so that side by side trials keep away from each other.
 */
final class GpSampler extends AdaptiveSampler {
  /** Outcomes that the process is fitted to at most: a step costs their cube. */
  private static final int MOST = 300;

  private static final int GLOBAL = 300;
  private static final int AROUND_BEST = 100;
  private static final int BEST = 5;
  private static final int LOCAL = 24;
  private static final double[] LOCAL_WIDTHS = {0.1, 0.03, 0.01, 0.003};

  /** A point and what is expected to be gained there. */
  private record Candidate(double[] point, double gain) {}

  @Override
  int least(int axes) {
    return Math.max(4, Math.min(10, 2 * axes));
  }

  @Override
  @Nullable Configuration propose(
      Space box, List<Observation> past, Set<String> known, Draws draws) {
    UnitCube cube = new UnitCube(box);
    List<Observation> outcomes = fitted(past);
    List<double[]> points = new ArrayList<>();
    outcomes.forEach(seen -> points.add(cube.point(seen.configuration())));
    double[] y = standardised(outcomes);
    Kernel kernel = KernelFit.best(cube, points, y);
    GaussianProcess process = GaussianProcess.of(cube, points, y, kernel);
    if (process == null) {
      return null;
    }
    // The best expectation, not the best score: a score may be luck.
    double incumbent = points.stream().mapToDouble(x -> process.at(x).mean()).max().orElse(0);
    List<double[]> best = best(points, y);
    GaussianProcess all = withRunning(cube, process, past, points, y);
    List<Candidate> candidates = candidates(cube, all, incumbent, best, draws);
    candidates.sort(Comparator.comparingDouble(Candidate::gain).reversed());
    return candidates.stream()
        .map(candidate -> cube.configuration(candidate.point()))
        .filter(configuration -> cube.allows(configuration, known))
        .findFirst()
        .orElse(null);
  }

  /** All outcomes; of very many the best half and the newest half of what can be fitted. */
  private static List<Observation> fitted(List<Observation> past) {
    List<Observation> outcomes =
        new ArrayList<>(past.stream().filter(seen -> seen.state() != State.RUNNING).toList());
    if (outcomes.size() <= MOST) {
      return outcomes;
    }
    List<Observation> newest = outcomes.subList(outcomes.size() - MOST / 2, outcomes.size());
    List<Observation> older = new ArrayList<>(outcomes.subList(0, outcomes.size() - MOST / 2));
    older.sort(Comparator.comparingDouble(GpSampler::scoreOrWorst).reversed());
    List<Observation> kept = new ArrayList<>(older.subList(0, MOST / 2));
    kept.addAll(newest);
    return kept;
  }

  private static double scoreOrWorst(Observation seen) {
    return seen.state() == State.SCORED ? seen.score() : Double.NEGATIVE_INFINITY;
  }

  /** Scores with mean 0 and variance 1. */
  private static double[] standardised(List<Observation> outcomes) {
    double worst =
        outcomes.stream()
            .filter(seen -> seen.state() == State.SCORED)
            .mapToDouble(Observation::score)
            .min()
            .orElse(0);
    double[] y = new double[outcomes.size()];
    double mean = 0;
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(worst, scoreOrWorst(outcomes.get(i)));
      mean += y[i] / y.length;
    }
    double square = 0;
    for (int i = 0; i < y.length; i++) {
      y[i] -= mean;
      square += y[i] * y[i] / y.length;
    }
    double deviation = square > 0 ? StrictMath.sqrt(square) : 1;
    for (int i = 0; i < y.length; i++) {
      y[i] /= deviation;
    }
    return y;
  }

  private static List<double[]> best(List<double[]> points, double[] y) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < y.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble((Integer i) -> -y[i]));
    return order.stream().limit(BEST).map(points::get).toList();
  }

  /** The process that also believes its expectations of what still runs. */
  private static GaussianProcess withRunning(
      UnitCube cube,
      GaussianProcess process,
      List<Observation> past,
      List<double[]> points,
      double[] y) {
    List<double[]> all = new ArrayList<>(points);
    for (Observation seen : past) {
      if (seen.state() == State.RUNNING) {
        all.add(cube.point(seen.configuration()));
      }
    }
    double[] believed = java.util.Arrays.copyOf(y, all.size());
    for (int i = y.length; i < believed.length; i++) {
      believed[i] = process.at(all.get(i)).mean();
    }
    GaussianProcess more = GaussianProcess.of(cube, all, believed, process.kernel());
    return more == null ? process : more;
  }

  private static List<Candidate> candidates(
      UnitCube cube, GaussianProcess process, double incumbent, List<double[]> best, Draws draws) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < GLOBAL; i++) {
      candidates.add(candidate(cube, process, incumbent, cube.draw(draws)));
    }
    for (int i = 0; i < AROUND_BEST; i++) {
      double[] near = cube.near(best.get(i % best.size()), LOCAL_WIDTHS[0], draws);
      candidates.add(candidate(cube, process, incumbent, near));
    }
    for (double width : LOCAL_WIDTHS) {
      Candidate top = candidates.get(0);
      for (Candidate candidate : candidates) {
        top = candidate.gain() > top.gain() ? candidate : top;
      }
      for (int i = 0; i < LOCAL; i++) {
        double[] near = cube.near(top.point(), width, draws);
        candidates.add(candidate(cube, process, incumbent, near));
      }
    }
    return candidates;
  }

  private static Candidate candidate(
      UnitCube cube, GaussianProcess process, double incumbent, double[] point) {
    return new Candidate(point, gain(process.at(cube.snapped(point)), incumbent));
  }

  /** EI = (μ − f*) Φ(z) + σ φ(z), z = (μ − f*) / σ. */
  private static double gain(Normal at, double incumbent) {
    double above = at.mean() - incumbent;
    if (at.deviation() < 1e-9) {
      return Math.max(0, above);
    }
    double z = above / at.deviation();
    double share = 0.5 * Erf.erfc(-z / StrictMath.sqrt(2));
    double density = StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * StrictMath.PI);
    return above * share + at.deviation() * density;
  }
}
