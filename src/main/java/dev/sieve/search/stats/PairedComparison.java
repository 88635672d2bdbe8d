package dev.sieve.search.stats;

import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialRow;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The best configuration of a phase against the runner-up, replicate by replicate: replicate r of
 * both starts from the same draws and sees the same batches, so their difference is what the
 * configurations make. Wilcoxon's signed-rank test (Wilcoxon 1945), two-sided, asks whether the
 * differences lie around zero; it assumes no normal distribution.
 *
 * @param phase the phase compared, for people
 * @param pairs replicates that both have a figure of, ≥ 1
 * @param difference mean of best − runner-up in validation accuracy
 * @param standardError of that mean; null for one pair
 * @param p probability of differences at least so one-sided if the two were equally good
 * @param moreReplicates about how many more could tell the two apart; 0 where they are told apart,
 *     null where no number in reach could
 */
public record PairedComparison(
    String phase,
    String best,
    String runnerUp,
    int pairs,
    double difference,
    @Nullable Double standardError,
    double p,
    @Nullable Integer moreReplicates) {
  /** What counts as significant. */
  public static final double LEVEL = 0.05;

  /** With fewer pairs p is above {@link #LEVEL} whatever they are: 2/2⁵ = 0.0625. */
  public static final int FEWEST = 6;

  /** Replicates beyond which nobody would go to tell two configurations apart. */
  private static final int REACH = 200;

  /**
   * Pairs needed, times (mean/deviation)²: (z₀.₉₇₅ + z₀.₈)² = 7.849 for a t test that finds the
   * difference in four of five cases, divided by 3/π, what the signed-rank test makes of a pair.
   */
  private static final double NEEDED = 7.849 * StrictMath.PI / 3;

  /** Differences are of counts of images: what is smaller than this is rounding. */
  private static final double GRAIN = 1e-9;

  public boolean significant() {
    return p < LEVEL;
  }

  /**
   * Compares the first two configurations of a phase's leaderboard that may be picked; null where
   * there are fewer, or no replicate of both has a figure.
   */
  public static @Nullable PairedComparison of(StudyHistory history, Phase phase, int level) {
    List<LeaderboardRow> eligible =
        history.leaderboard(phase, level).stream()
            .filter(LeaderboardRow::eligible)
            .limit(2)
            .toList();
    if (eligible.size() < 2) {
      return null;
    }
    String best = eligible.get(0).configuration();
    String runnerUp = eligible.get(1).configuration();
    Map<Integer, Double> ofBest = new TreeMap<>();
    Map<Integer, Double> ofRunnerUp = new TreeMap<>();
    for (TrialRow row : history.trials(phase, level)) {
      Double accuracy = row.validationAccuracy();
      if (row.status() != Status.DONE || accuracy == null) {
        continue;
      }
      if (row.key().configuration().equals(best)) {
        ofBest.put(row.key().replicate(), accuracy);
      } else if (row.key().configuration().equals(runnerUp)) {
        ofRunnerUp.put(row.key().replicate(), accuracy);
      }
    }
    ofBest.keySet().retainAll(ofRunnerUp.keySet());
    double[] differences =
        ofBest.entrySet().stream()
            .mapToDouble(e -> e.getValue() - ofRunnerUp.getOrDefault(e.getKey(), Double.NaN))
            .toArray();
    return differences.length == 0
        ? null
        : of(PhaseRow.name(phase, level), best, runnerUp, differences);
  }

  static PairedComparison of(String phase, String best, String runnerUp, double[] differences) {
    int pairs = differences.length;
    double mean = 0;
    for (double difference : differences) {
      mean += difference / pairs;
    }
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    double deviation = pairs < 2 ? Double.NaN : StrictMath.sqrt(squares / (pairs - 1));
    double p = p(differences);
    return new PairedComparison(
        phase,
        best,
        runnerUp,
        pairs,
        mean,
        pairs < 2 ? null : deviation / StrictMath.sqrt(pairs),
        p,
        p < LEVEL ? Integer.valueOf(0) : more(pairs, mean, deviation));
  }

  private static double p(double[] differences) {
    double[] rounded = new double[differences.length];
    for (int i = 0; i < rounded.length; i++) {
      // Equal differences of counts must be ties, and no difference must be 0.
      rounded[i] = GRAIN * StrictMath.rint(differences[i] / GRAIN);
    }
    return SignedRank.twoSided(Arrays.stream(rounded).boxed().toList());
  }

  private static @Nullable Integer more(int pairs, double mean, double deviation) {
    if (pairs < 2 || deviation < GRAIN && mean >= GRAIN) {
      return Math.max(1, FEWEST - pairs);
    }
    if (mean < GRAIN) {
      return null;
    }
    double needed = StrictMath.ceil(NEEDED * (deviation / mean) * (deviation / mean));
    return needed > REACH ? null : (int) Math.max(1, Math.max(FEWEST, needed) - pairs);
  }
}
