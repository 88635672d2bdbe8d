package dev.sieve.search.results;

import dev.sieve.trial.Status;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Ranks configurations as the view {@code leaderboard} does. Spark takes seconds to answer a query
 * of the view, on executors that have just started above all, and they would have to see the files.
 * Both are one rule, and a test holds them to one answer.
 */
final class Ranking {
  /** Exact for the sum of any number of accuracies; see the view. */
  private static final int DECIMALS = 17;

  private static final int MEAN_DECIMALS = 21;

  /** Of a decimal in Spark. */
  private static final MathContext PRECISION = new MathContext(38, RoundingMode.HALF_UP);

  private static final Comparator<Place> BEST_FIRST =
      Comparator.comparingInt(Place::order)
          .thenComparing(Place::furthest, Comparator.reverseOrder())
          .thenComparing(
              place -> place.row().validationAccuracy(),
              Comparator.nullsLast(Comparator.<Double>reverseOrder()))
          .thenComparing(place -> place.row().configuration());

  /** Of replicates that came to no result, the worst first. */
  private static final List<Status> BAD = List.of(Status.FAILED, Status.LOST, Status.DIVERGED);

  private Ranking() {}

  /** A row before it has its rank, and by what it gets it. */
  private record Place(LeaderboardRow row, int order, int rung) {
    /** Of configurations that did not come to their end, those that came further go first. */
    int furthest() {
      return order == 1 ? rung : 0;
    }
  }

  /**
   * By rank.
   *
   * @param trials of one study, phase and level, each at its highest rung
   */
  static List<LeaderboardRow> of(Collection<TrialRow> trials) {
    Map<String, List<TrialRow>> configurations = new TreeMap<>();
    for (TrialRow trial : trials) {
      configurations
          .computeIfAbsent(trial.key().configuration(), name -> new ArrayList<>())
          .add(trial);
    }
    int planned = planned(trials);
    List<Place> places = new ArrayList<>();
    for (List<TrialRow> replicates : configurations.values()) {
      replicates.sort(Comparator.comparing(row -> row.key().replicate()));
      places.add(place(replicates, planned));
    }
    places.sort(BEST_FIRST);
    List<LeaderboardRow> ranked = new ArrayList<>();
    for (Place place : places) {
      ranked.add(place.row().at(ranked.size() + 1));
    }
    return ranked;
  }

  /** Replicates by the plan that was written last; 0 where no row knows of one. */
  private static int planned(Collection<TrialRow> trials) {
    int planned = 0;
    long newest = 1;
    for (TrialRow trial : trials) {
      if (trial.origin().commit() >= newest) {
        newest = trial.origin().commit();
        planned = trial.origin().replicates();
      }
    }
    return planned;
  }

  private static Place place(List<TrialRow> replicates, int planned) {
    List<Double> accuracies = new ArrayList<>();
    int rung = 0;
    for (TrialRow row : replicates) {
      Double accuracy = row.validationAccuracy();
      if (accuracy != null) {
        accuracies.add(accuracy);
      }
      rung = Math.max(rung, row.key().rung());
    }
    boolean done = planned > 0 && count(replicates, Status.DONE) >= planned;
    String status = status(replicates, done);
    TrialRow first = replicates.get(0);
    LeaderboardRow row =
        new LeaderboardRow(
            0,
            first.key().configuration(),
            status,
            accuracies.size(),
            mean(accuracies),
            standardError(accuracies),
            first.ordinal(),
            first.settings());
    return new Place(row, order(status), rung);
  }

  private static long count(List<TrialRow> replicates, Status status) {
    return replicates.stream().filter(row -> row.status() == status).count();
  }

  /** The worst of the replicates', or what they came to together. */
  private static String status(List<TrialRow> replicates, boolean done) {
    for (Status bad : BAD) {
      if (count(replicates, bad) > 0) {
        return bad.label();
      }
    }
    if (done) {
      return Status.DONE.label();
    }
    for (Status early : List.of(Status.PRUNED, Status.PAUSED)) {
      if (count(replicates, early) > 0) {
        return early.label();
      }
    }
    return "incomplete";
  }

  private static int order(String status) {
    if (status.equals(Status.DONE.label())) {
      return 0;
    }
    return BAD.stream().anyMatch(bad -> status.equals(bad.label())) ? 2 : 1;
  }

  /** As decimals, so that no order of the replicates decides a tie. */
  private static @Nullable Double mean(List<Double> accuracies) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double accuracy : accuracies) {
      sum =
          sum.add(
              new BigDecimal(Double.toString(accuracy)).setScale(DECIMALS, RoundingMode.HALF_UP));
    }
    return accuracies.isEmpty()
        ? null
        : (Double)
            sum.divide(BigDecimal.valueOf(accuracies.size()), PRECISION)
                .setScale(MEAN_DECIMALS, RoundingMode.HALF_UP)
                .doubleValue();
  }

  /**
   * Of the mean, from the sample's standard deviation (Welford's sums); null for fewer than two.
   */
  private static @Nullable Double standardError(List<Double> accuracies) {
    int n = 0;
    double mean = 0;
    double squares = 0;
    for (double accuracy : accuracies) {
      n++;
      double delta = accuracy - mean;
      double step = delta / n;
      mean += step;
      squares += delta * (delta - step);
    }
    return n < 2 ? null : (Double) (Math.sqrt(squares / (n - 1)) / Math.sqrt(n));
  }
}
