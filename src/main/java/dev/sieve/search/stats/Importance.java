package dev.sieve.search.stats;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How much each axis decides who is among the best: PED-ANOVA (Watanabe, Bansal and Hutter,
 * "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in Arbitrary Subspaces", IJCAI
 * 2023). An axis's importance is the Pearson divergence between its density over the best trials
 * and over all: Σ p_all (p_best / p_all − 1)², densities on a grid of the axis. One that does not
 * matter has the same density in both. Main effects only; shares add up to 1.
 */
public final class Importance {
  /** γ: the best are this share of the trials … */
  private static final double QUANTILE = 0.1;

  /** … but at least so many: a density of fewer says nothing. */
  private static final int FEWEST_BEST = 5;

  /** With fewer the best five are not apart from the rest. */
  private static final int FEWEST = 2 * FEWEST_BEST;

  private static final int CELLS = 50;
  private static final double FLOOR = 1e-12;

  /**
   * A trial.
   *
   * @param accuracy larger is better; null (diverged) is worst and never among the best
   * @param coordinates by axis; a number lies in [0, 1] on the axis's own scale; any other text is
   *     a category. An axis that the trial does not have is missing.
   */
  public record Sample(@Nullable Double accuracy, Map<String, Object> coordinates) {}

  private Importance() {}

  /**
   * Each axis's share, largest first.
   *
   * @return empty for fewer than {@value #FEWEST} trials with an accuracy, or where no axis varies
   */
  public static Map<String, Double> of(List<Sample> samples, List<String> axes) {
    List<Sample> ranked =
        samples.stream().sorted(Comparator.comparingDouble(s -> -accuracy(s))).toList();
    long valid = samples.stream().filter(s -> s.accuracy() != null).count();
    if (valid < FEWEST) {
      return Map.of();
    }
    int best = Math.max(FEWEST_BEST, (int) Math.ceil(QUANTILE * ranked.size()));
    Map<String, Double> divergences = new LinkedHashMap<>();
    double sum = 0;
    for (String axis : axes) {
      double divergence = divergence(values(ranked.subList(0, best), axis), values(ranked, axis));
      divergences.put(axis, divergence);
      sum += divergence;
    }
    if (!(sum > 0)) {
      return Map.of();
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    double total = sum;
    divergences.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> shares.put(entry.getKey(), entry.getValue() / total));
    return Collections.unmodifiableMap(shares);
  }

  private static double accuracy(Sample sample) {
    return sample.accuracy() == null ? Double.NEGATIVE_INFINITY : sample.accuracy();
  }

  private static List<Object> values(List<Sample> samples, String axis) {
    return samples.stream()
        .filter(sample -> sample.coordinates().containsKey(axis))
        .map(sample -> sample.coordinates().get(axis))
        .toList();
  }

  private static double divergence(List<Object> best, List<Object> all) {
    if (best.isEmpty() || all.stream().distinct().limit(2).count() < 2) {
      return 0;
    }
    boolean numeric = all.stream().allMatch(value -> value instanceof Double);
    double[] top = numeric ? density(numbers(best)) : frequencies(best, all);
    double[] base = numeric ? density(numbers(all)) : frequencies(all, all);
    double sum = 0;
    for (int i = 0; i < base.length; i++) {
      double ratio = (top[i] + FLOOR) / (base[i] + FLOOR) - 1;
      sum += base[i] * ratio * ratio;
    }
    return sum;
  }

  private static double[] numbers(List<Object> values) {
    return values.stream().mapToDouble(value -> (Double) value).toArray();
  }

  /**
   * A Gaussian kernel estimate on the grid, with Scott's bandwidth and a uniform prior of the
   * weight of one trial; sums to 1.
   */
  private static double[] density(double[] values) {
    double width = bandwidth(values);
    double[] density = new double[CELLS];
    Arrays.fill(density, 1.0 / CELLS);
    for (double value : values) {
      double[] kernel = new double[CELLS];
      double mass = 0;
      for (int i = 0; i < CELLS; i++) {
        double z = ((i + 0.5) / CELLS - value) / width;
        kernel[i] = StrictMath.exp(-0.5 * z * z);
        mass += kernel[i];
      }
      for (int i = 0; i < CELLS; i++) {
        density[i] += kernel[i] / mass;
      }
    }
    for (int i = 0; i < CELLS; i++) {
      density[i] /= values.length + 1;
    }
    return density;
  }

  /** 1.059 · min(s, IQR/1.34) · n^(−1/5), at least a cell. */
  private static double bandwidth(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double mean = Arrays.stream(sorted).sum() / n;
    double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(squares / Math.max(1, n - 1));
    double quartiles = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
    double spread = quartiles > 0 ? Math.min(deviation, quartiles) : deviation;
    return Math.max(1.0 / CELLS, 1.059 * spread * StrictMath.pow(n, -0.2));
  }

  private static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** Shares of the categories, each counted once more than it occurs. */
  private static double[] frequencies(List<Object> values, List<Object> all) {
    List<Object> categories = all.stream().distinct().toList();
    return IntStream.range(0, categories.size())
        .mapToDouble(
            i ->
                (Collections.frequency(values, categories.get(i)) + 1.0)
                    / (values.size() + categories.size()))
        .toArray();
  }
}
