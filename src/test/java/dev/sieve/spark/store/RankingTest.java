package dev.sieve.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule that picks and the view that users query rank random tables alike. */
final class RankingTest {
  private static final int TABLES = 12;

  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path dir;

  @Test
  void randomTablesAreRankedAsTheViewRanksThem() {
    for (int table = 0; table < TABLES; table++) {
      write(new Random(table), table);
    }
    StudyHistory history = new ReportReader(spark, dir.toString()).outcomes(Fixtures.STUDY);
    List<String> statuses = new ArrayList<>();
    for (int level = 0; level < TABLES; level++) {
      List<LeaderboardRow> ranked = history.leaderboard(Phase.FINE, level);
      List<Row> shown = spark.sql(history.leaderboardSql(Phase.FINE, level)).collectAsList();
      assertThat(ranked).hasSameSizeAs(shown).isNotEmpty();
      for (int i = 0; i < shown.size(); i++) {
        assertThat(withoutError(ranked.get(i)))
            .isEqualTo(withoutError(Fixtures.ranked(shown.get(i))));
        Double error = ranked.get(i).standardError();
        Double expected = Fixtures.ranked(shown.get(i)).standardError();
        if (error == null || expected == null) {
          assertThat(error).isEqualTo(expected);
        } else {
          // Of a view's, the order of the rows is the partitions'.
          assertThat(error).isCloseTo(expected, within(1e-15));
        }
      }
      ranked.forEach(row -> statuses.add(row.status()));
    }
    assertThat(statuses)
        .contains("done", "failed", "lost", "diverged", "pruned", "paused", "incomplete");
  }

  /** Two commits of a level, of plans that differ in their replicates; ties are frequent. */
  private void write(Random random, int level) {
    List<Trial> trials = new ArrayList<>();
    int replicates = 1 + random.nextInt(3);
    int configurations = 4 + random.nextInt(12);
    for (int c = 0; c < configurations; c++) {
      for (int r = 0; r < replicates; r++) {
        int rung = random.nextInt(2);
        trials.add(Fixtures.trial(Phase.FINE, level, trials.size(), r, (c + 1) / 64.0, rung));
      }
    }
    try (ParquetTrialStore store = store()) {
      int half = trials.size() / 2;
      for (List<Trial> part :
          List.of(trials.subList(0, half), trials.subList(half, trials.size()))) {
        List<TrialOutcome> outcomes =
            part.stream()
                .filter(trial -> random.nextInt(12) > 0)
                .map(trial -> outcome(random, trial))
                .toList();
        if (!outcomes.isEmpty()) {
          store.commit(Fixtures.plan(trials.toArray(new Trial[0])), outcomes);
        }
      }
    }
  }

  private static TrialOutcome outcome(Random random, Trial trial) {
    double accuracy = random.nextBoolean() ? random.nextInt(4) / 3.0 : random.nextDouble();
    return switch (random.nextInt(14)) {
      case 0 -> Fixtures.failed(trial, Status.FAILED);
      case 1 -> Fixtures.failed(trial, Status.LOST);
      case 2 -> Fixtures.diverged(trial);
      case 3 -> Fixtures.ended(trial, Status.PRUNED, accuracy);
      case 4 -> Fixtures.ended(trial, Status.PAUSED, accuracy);
      default -> Fixtures.done(trial, accuracy);
    };
  }

  private ParquetTrialStore store() {
    return ParquetTrialStore.open(
        spark, dir.toString(), Fixtures.STUDY, "reference", Fixtures.data());
  }

  private static LeaderboardRow withoutError(LeaderboardRow row) {
    return new LeaderboardRow(
        row.rank(),
        row.configuration(),
        row.status(),
        row.replicates(),
        row.validationAccuracy(),
        null,
        row.trial(),
        row.settings());
  }
}
