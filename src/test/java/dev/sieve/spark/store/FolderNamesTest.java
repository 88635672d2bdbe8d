package dev.sieve.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.sql.Queries;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.sql.TableStatements;
import dev.sieve.spark.task.CheckpointFolder;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a folder may be called, it is that folder: no pattern, no escape, no partition. */
final class FolderNamesTest {
  private final SparkSession spark = SharedSpark.session();
  private final Trial trial = Fixtures.trial(0, 0, 1);
  private final PhasePlan plan = Fixtures.plan(trial);

  /** All names beside each other: none may be taken for another. */
  @TempDir private static Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run[1]",
        "run*?",
        "{run,run1}",
        "_hidden, it's \"quoted\" `so`; -- a#b%20c=d ",
        " back\\slash\\n and\nline ${HOME}$1 結果-é-ß a:b",
      })
  void anyNameIsRead(String name) throws IOException {
    Path results = dir.resolve(name);
    // What a pattern of that name would find too.
    if (Files.notExists(dir.resolve("run1"))) {
      try (ParquetTrialStore store = open(dir.resolve("run1"))) {
        store.commit(plan, List.of(Fixtures.failed(trial, Status.FAILED)));
      }
    }
    try (ParquetTrialStore store = open(results)) {
      store.commit(plan, List.of(Fixtures.done(trial, 0.5)));
      assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(1);
      assertThat(store.history().leaderboard(Phase.COARSE, 0))
          .singleElement()
          .satisfies(row -> assertThat(row.validationAccuracy()).isEqualTo(0.5));
    }
    assertThat(Files.isDirectory(results.resolve("trial_rows/demo"))).isTrue();
    CheckpointFolder checkpoints =
        new CheckpointFolder(new Configuration(), results.toString(), "f");
    checkpoints.write(trial.key(), new byte[] {1});
    assertThat(checkpoints.read(trial.key())).containsExactly(1);
    assertThat(results.resolve("studies/demo/checkpoints")).isNotEmptyDirectory();
    ReportReader report = new ReportReader(spark, results.toString());
    assertThat(report.names()).isEmpty(); // no phase was recorded
    assertThat(report.read("demo").trials()).hasSize(1);
    assertThat(report.version()).isNotEqualTo(Hashes.ofSorted(List.of()));
    assertThat(Queries.rows(spark, "SELECT status FROM trials").toString()).isEqualTo("[[done]]");
    StudyFolders files = new StudyFolders(results.toString());
    files.compact("demo");
    files.delete("demo");
    assertThat(new StudyFolders(results.toString()).studies()).isEmpty();
    assertThat(new StudyFolders(dir.resolve("run1").toString()).studies()).containsExactly("demo");
  }

  /** What a metastore is given reads the same folder. */
  @Test
  void thePrintedStatementsReadThatFolder() {
    Path results = dir.resolve("it's run[1] ${HOME}");
    for (Path folder : List.of(results, dir.resolve("it's run1 ${HOME}"))) {
      try (ParquetTrialStore store = open(folder)) {
        store.commit(plan, List.of(Fixtures.done(trial, 0.5)));
      }
    }
    String statement =
        TableStatements.statements("file:" + results)
            .get(0)
            .replace("default.", "default.printed_");
    spark.sql(statement);
    try {
      assertThat(spark.sql("SELECT count(*) FROM printed_trial_rows").first().getLong(0)).isOne();
    } finally {
      spark.sql("DROP TABLE printed_trial_rows");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch://x", "nosuch:/x", "hdfs://a b/c", "nul\0byte", " "})
  void whatIsNoFolderIsRefused(String name) {
    assertThatThrownBy(() -> new StudyFolders(name))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("results.dir must");
    assertThatThrownBy(() -> SieveSession.reader("x", name))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("results.dir must");
  }

  private ParquetTrialStore open(Path folder) {
    return ParquetTrialStore.open(spark, folder.toString(), "demo", "reference", Fixtures.data());
  }
}
