package dev.sieve.spark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.TrialRow;
import dev.sieve.spark.DriverOnlyFiles;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a study asks its own tables needs no executor that sees them. */
final class UnsharedResultsTest {
  private static final String KEY = "fs." + DriverOnlyFiles.SCHEME + ".impl";

  private final SparkSession spark = SharedSpark.session();
  private final Configuration hadoop = spark.sparkContext().hadoopConfiguration();
  @TempDir private Path dir;

  @BeforeEach
  void know() {
    hadoop.set(KEY, DriverOnlyFiles.class.getName());
  }

  @AfterEach
  void forget() {
    hadoop.unset(KEY);
  }

  @Test
  void theDriverRanksAndShowsWhatExecutorsCannotRead() {
    Trial a = Fixtures.trial(0, 0, 0.5);
    Trial b = Fixtures.trial(1, 0, 0.25);
    try (ParquetTrialStore store =
        ParquetTrialStore.open(
            spark,
            DriverOnlyFiles.SCHEME + ":" + dir,
            Fixtures.STUDY,
            "reference",
            Fixtures.data())) {
      store.commit(Fixtures.plan(a, b), List.of(Fixtures.done(a, 0.625), Fixtures.done(b, 0.75)));

      assertThat(store.history().leaderboard(Phase.COARSE, 0))
          .extracting(LeaderboardRow::configuration)
          .containsExactly(b.key().configuration(), a.key().configuration());
      assertThat(store.withCurves(Phase.COARSE, 0))
          .allMatch(record -> record.result().curve().size() == 2)
          .extracting(TrialRow::validationAccuracy)
          .containsExactlyInAnyOrder(0.625, 0.75);
      assertThat(store.withCurves(Phase.FINAL, 0)).isEmpty();
      assertThatThrownBy(
              () -> spark.sql(store.history().leaderboardSql(Phase.COARSE, 0)).collectAsList())
          .as("tasks see nothing, or this test shows nothing")
          .isNotNull();
    }
  }
}
