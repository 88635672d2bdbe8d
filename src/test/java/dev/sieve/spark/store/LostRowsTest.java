package dev.sieve.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialRow;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lost trial's row makes way for the one of its next training, in every view. */
final class LostRowsTest {
  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path dir;

  @Test
  void theRowOfTheNextTrainingCounts() throws Exception {
    Trial plain = Fixtures.trial(0, 0, 0.5);
    Trial first = Fixtures.trial(Phase.COARSE, 0, 1, 0, 0.25, 0);
    Trial second = Fixtures.trial(Phase.COARSE, 0, 1, 0, 0.25, 1);
    spark.conf().set(ResultsDir.SETTING, dir.toString());
    try (ParquetTrialStore store =
        ParquetTrialStore.open(
            spark, dir.toString(), Fixtures.STUDY, "reference", Fixtures.data())) {
      store.commit(
          Fixtures.plan(plain, first),
          List.of(Fixtures.failed(plain, Status.LOST), Fixtures.ended(first, Status.PAUSED, 0.5)));
      store.commit(Fixtures.plan(plain, second), List.of(Fixtures.failed(second, Status.LOST)));
      assertThat(store.history().trials(Phase.COARSE, 0))
          .extracting(TrialRow::status)
          .containsOnly(Status.LOST);
      assertThat(count("failures")).isEqualTo(2);
      // Lost once more, which is the same file, then done.
      store.commit(Fixtures.plan(plain, second), List.of(Fixtures.failed(second, Status.LOST)));
      store.commit(
          Fixtures.plan(plain, second),
          List.of(Fixtures.done(plain, 0.75), Fixtures.done(second, 0.625)));

      assertThat(store.history().trials(Phase.COARSE, 0))
          .extracting(TrialRow::status)
          .containsOnly(Status.DONE)
          .hasSize(2);
      assertThat(store.history().rungs(Phase.COARSE, 0))
          .extracting(TrialRow::status)
          .containsExactlyInAnyOrder(Status.DONE, Status.PAUSED, Status.DONE);
      assertThat(store.history().leaderboard(Phase.COARSE, 0))
          .extracting(LeaderboardRow::configuration, LeaderboardRow::status)
          .containsExactly(
              tuple(plain.key().configuration(), "done"),
              tuple(second.key().configuration(), "done"));
    }
    assertThat(count("failures")).isZero();
    assertThat(count("epochs")).isEqualTo(4);
    assertThat(count("curves")).isEqualTo(4);

    StudyHistory history = new ReportReader(spark, dir.toString()).read(Fixtures.STUDY);
    assertThat(history.trials())
        .extracting(TrialRow::validationAccuracy)
        .containsExactly(0.75, 0.625);
    assertThat(history.trials()).allMatch(trial -> trial.result().error() == null);
    assertThat(history.trials()).allMatch(trial -> trial.result().curve().size() == 2);
    assertThat(history.rungs()).extracting(TrialRow::status).doesNotContain(Status.LOST);
  }

  private long count(String view) {
    List<Row> rows = spark.sql("SELECT count(*) FROM " + view).collectAsList();
    return rows.get(0).getLong(0);
  }
}
