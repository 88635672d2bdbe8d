package dev.sieve.spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ViewsTest {
  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path dir;

  /** Eleven configurations in one phase: every place of the order, ties too. */
  @Test
  void theLeaderboardRanksByTheRule() {
    List<Trial> planned = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      planned.add(Fixtures.trial(2 * i, 0, 1 + i));
      planned.add(Fixtures.trial(2 * i + 1, 1, 1 + i));
    }
    PhasePlan plan = Fixtures.plan(planned.toArray(Trial[]::new));
    List<TrialOutcome> outcomes = new ArrayList<>();
    both(outcomes, planned, 0, Status.DONE, 0.5, 0.7);
    // A tie with the one before, though 0.55 + 0.65 and 0.5 + 0.7 differ as sums of doubles.
    both(outcomes, planned, 1, Status.DONE, 0.65, 0.55);
    both(outcomes, planned, 2, Status.DONE, 0.61, 0.61);
    // The best mean of all, but a replicate diverged, failed or was lost.
    outcomes.add(Fixtures.done(planned.get(6), 0.99));
    outcomes.add(Fixtures.diverged(planned.get(7)));
    outcomes.add(Fixtures.done(planned.get(8), 0.98));
    outcomes.add(Fixtures.failed(planned.get(9), Status.FAILED));
    outcomes.add(Fixtures.failed(planned.get(10), Status.LOST));
    outcomes.add(Fixtures.failed(planned.get(11), Status.LOST));
    // Half done.
    outcomes.add(Fixtures.done(planned.get(12), 0.97));
    // Pruned: by rung before accuracy.
    both(outcomes, planned, 7, Status.PRUNED, 0.9, 0.9);
    both(outcomes, planned, 8, Status.PRUNED, 0.95, 0.95);
    Trial rung1 = Fixtures.trial(Phase.COARSE, 0, 18, 0, 10, 1);
    Trial rung1b = Fixtures.trial(Phase.COARSE, 0, 19, 1, 10, 1);
    outcomes.add(Fixtures.ended(rung1, Status.PRUNED, 0.3));
    outcomes.add(Fixtures.ended(rung1b, Status.PRUNED, 0.3));
    both(outcomes, planned, 10, Status.DONE, 0.1, 0.1);

    List<LeaderboardRow> ranked;
    try (ParquetTrialStore store = open()) {
      // In two files, so that no order of one file decides.
      store.commit(plan, outcomes.subList(0, 9));
      store.commit(plan, outcomes.subList(9, outcomes.size()));
      ranked = store.history().leaderboard(Phase.COARSE, 0);
      List<LeaderboardRow> shown =
          spark.sql(store.history().leaderboardSql(Phase.COARSE, 0)).collectAsList().stream()
              .map(Fixtures::ranked)
              .toList();
      assertThat(ranked).as("as the view that users query has it").isEqualTo(shown);
    }
    assertThat(ranked)
        .extracting(LeaderboardRow::rank)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(ranked)
        .extracting(LeaderboardRow::configuration)
        .containsExactlyElementsOf(
            concat(
                ids(planned, 2),
                sorted(ids(planned, 0, 1)),
                ids(planned, 10),
                ids(planned, 9, 6, 8, 7),
                ids(planned, 3, 4, 5)));
    assertThat(ranked)
        .extracting(LeaderboardRow::status)
        .containsExactly(
            "done",
            "done",
            "done",
            "done",
            "pruned",
            "incomplete",
            "pruned",
            "pruned",
            "diverged",
            "failed",
            "lost");
    assertThat(ranked)
        .extracting(LeaderboardRow::replicates)
        .containsExactly(2, 2, 2, 2, 2, 1, 2, 2, 1, 1, 0);
    assertThat(ranked.get(0).trial()).isEqualTo(4);
    assertThat(ranked.get(0).standardError()).isZero();
    // s = √((0.1² + 0.1²)/1), s/√2 = 0.1; likewise 0.05
    boolean widerFirst = ranked.get(1).trial() == 0;
    assertThat(ranked.get(widerFirst ? 1 : 2).standardError()).isCloseTo(0.1, within(1e-12));
    assertThat(ranked.get(widerFirst ? 2 : 1).standardError()).isCloseTo(0.05, within(1e-12));
    assertThat(ranked.get(1).validationAccuracy()).isEqualTo(0.6);
    assertThat(ranked.get(2).validationAccuracy()).isEqualTo(0.6);
    assertThat(ranked.get(5).standardError()).isNull();
    assertThat(ranked.get(10).validationAccuracy()).isNull();
    assertThat(ranked.get(0).settings()).containsEntry("training.lambda", "3.0");
    assertThat(ranked)
        .extracting(LeaderboardRow::eligible)
        .startsWith(true, true, true, true, false);
  }

  @Test
  void moreReplicatesInALaterPlanAreOwedByAllConfigurations() {
    Trial a = Fixtures.trial(0, 0, 1);
    Trial b = Fixtures.trial(1, 0, 2);
    Trial second = Fixtures.trial(2, 1, 1);
    try (ParquetTrialStore store = open()) {
      store.commit(Fixtures.plan(a, b), List.of(Fixtures.done(a, 0.5), Fixtures.done(b, 0.6)));
      assertThat(store.history().leaderboard(Phase.COARSE, 0))
          .extracting(LeaderboardRow::status)
          .containsExactly("done", "done");
      store.commit(
          Fixtures.plan(a, b, second, Fixtures.trial(3, 1, 2)),
          List.of(Fixtures.done(second, 0.4)));
      assertThat(store.history().leaderboard(Phase.COARSE, 0))
          .extracting(LeaderboardRow::status)
          .containsExactly("done", "incomplete");
    }
  }

  @Test
  void theBestIsOfTheLastFinishedFineLevelAndNeverOfFinal() {
    try (ParquetTrialStore store = open()) {
      finish(store, Phase.COARSE, 0, 0.9, PhaseRow.State.RUNNING);
      assertThat(best()).isEmpty();
      finish(store, Phase.COARSE, 0, 0.9, PhaseRow.State.DONE);
      assertThat(best()).containsExactly("[coarse,0,0.9]");
      finish(store, Phase.FINE, 1, 0.7, PhaseRow.State.DONE);
      finish(store, Phase.FINE, 2, 0.95, PhaseRow.State.RUNNING);
      finish(store, Phase.FINAL, 0, 0.99, PhaseRow.State.DONE);
      assertThat(best()).containsExactly("[fine,1,0.7]");
      finish(store, Phase.FINE, 2, 0.95, PhaseRow.State.CUT);
      assertThat(best()).containsExactly("[fine,1,0.7]");
      finish(store, Phase.FINE, 2, 0.95, PhaseRow.State.DONE);
      assertThat(best()).containsExactly("[fine,2,0.95]");
    }
  }

  private static void finish(
      ParquetTrialStore store, Phase phase, int level, double accuracy, PhaseRow.State state) {
    Trial trial = Fixtures.trial(phase, level, 0, 0, 1, 0);
    PhasePlan plan = Fixtures.plan(trial);
    store.commit(plan, List.of(Fixtures.done(trial, accuracy)));
    store.save(
        new PhaseRow("demo", phase, level, plan.hash(), new TreeMap<>(), 1, state, "", "", ""));
  }

  private List<String> best() {
    return spark.sql("SELECT phase, level, validation_accuracy FROM best").collectAsList().stream()
        .map(Row::toString)
        .toList();
  }

  private static void both(
      List<TrialOutcome> outcomes,
      List<Trial> planned,
      int configuration,
      Status status,
      double first,
      double second) {
    outcomes.add(Fixtures.ended(planned.get(2 * configuration), status, first));
    outcomes.add(Fixtures.ended(planned.get(2 * configuration + 1), status, second));
  }

  private static List<String> ids(List<Trial> planned, int... configurations) {
    return java.util.Arrays.stream(configurations)
        .mapToObj(i -> planned.get(2 * i).key().configuration())
        .toList();
  }

  private static List<String> sorted(List<String> ids) {
    return ids.stream().sorted(Comparator.naturalOrder()).toList();
  }

  @SafeVarargs
  private static List<String> concat(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  private ParquetTrialStore open() {
    return ParquetTrialStore.open(spark, dir.toString(), "demo", "reference", Fixtures.data());
  }
}
