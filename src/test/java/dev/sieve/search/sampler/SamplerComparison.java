package dev.sieve.search.sampler;

import dev.sieve.random.Seed;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How much the configuration that looks best after some trials falls short of the optimum, sampler
 * by sampler on the {@link TestFunctions}. Its table stands in search.md.
 */
final class SamplerComparison {
  private static final int PARALLEL = 4;

  private SamplerComparison() {}

  /** True shortfalls of the pick, one a seed. */
  static double[] shortfalls(SamplerKind kind, TestFunctions function, int trials, int seeds) {
    double[] shortfalls = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      shortfalls[seed] = shortfall(kind, function, trials, seed);
    }
    return shortfalls;
  }

  private static double shortfall(SamplerKind kind, TestFunctions function, int trials, int seed) {
    Sampler sampler = Sampler.of(kind);
    Seed draws = Seed.of(seed, "sampler/coarse/0");
    List<Observation> past = new ArrayList<>();
    while (past.size() < trials) {
      int count = Math.min(PARALLEL, trials - past.size());
      for (Configuration next : sampler.next(List.of(function.space), past, count, draws)) {
        past.add(Observation.scored(next, function.observed(next, seed)));
      }
    }
    Observation pick = past.get(0);
    for (Observation seen : past) {
      pick = seen.score() > pick.score() ? seen : pick;
    }
    return function.optimum - function.value(pick.configuration());
  }

  /** Mean of log10(a / b) over paired seeds, and half the width of its 95 % interval. */
  static double[] logRatio(double[] a, double[] b) {
    double[] logs = new double[a.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = StrictMath.log10(Math.max(1e-12, a[i]) / Math.max(1e-12, b[i]));
    }
    double mean = Arrays.stream(logs).average().orElse(Double.NaN);
    double square = Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
    double error = StrictMath.sqrt(square / (logs.length - 1) / logs.length);
    return new double[] {mean, 2.01 * error}; // Student's t for 50 seeds
  }

  /** {@code FUNCTION TRIALS SEEDS KIND…}: the table's rows of one function. */
  public static void main(String[] arguments) {
    TestFunctions function = TestFunctions.valueOf(arguments[0]);
    int trials = Integer.parseInt(arguments[1]);
    int seeds = Integer.parseInt(arguments[2]);
    double[] random = shortfalls(SamplerKind.RANDOM, function, trials, seeds);
    for (String name : Arrays.copyOfRange(arguments, 3, arguments.length)) {
      SamplerKind kind = SamplerKind.valueOf(name);
      double[] own = shortfalls(kind, function, trials, seeds);
      double[] ratio = logRatio(own, random);
      double[] sorted = Arrays.stream(own).sorted().toArray();
      int better = 0;
      for (int i = 0; i < seeds; i++) {
        better += own[i] < random[i] ? 1 : 0;
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.3g | %.3g | %+.2f ± %.2f | %d of %d |%n",
          function,
          kind.label(),
          Arrays.stream(own).average().orElse(Double.NaN),
          (sorted[(seeds - 1) / 2] + sorted[seeds / 2]) / 2,
          ratio[0],
          ratio[1],
          better,
          seeds);
    }
  }
}
