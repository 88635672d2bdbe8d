package dev.sieve.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.table.Column;
import dev.sieve.spark.table.Table;
import dev.sieve.spark.table.TrialRowSource;
import dev.sieve.spark.table.TrialTable;
import dev.sieve.spark.table.Views;
import dev.sieve.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of every released version, as its own writer made them, are read by the present views. */
final class OldFilesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/tables");
  private final SparkSession spark = SharedSpark.session();

  static Stream<Path> versions() throws IOException {
    try (Stream<Path> folders = Files.list(FIXTURES)) {
      return folders.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyVersionIsRead(Path folder) {
    spark.conf().set(ResultsDir.SETTING, folder.toString());
    assertThat(
            lines(
                "SELECT trial, status, lambda, validation_accuracy, hidden, confusion,"
                    + " settings['training.lambda'], run_started FROM trials ORDER BY trial"))
        .satisfies(
            rows -> {
              assertThat(rows).hasSize(3);
              assertThat(rows.get(0)).startsWith("[0,done,1.0,0.5,").contains("1.0");
              assertThat(rows.get(1)).startsWith("[1,diverged,2.0,null,");
              assertThat(rows.get(2)).startsWith("[2,failed,3.0,null,");
            });
    assertThat(
            lines(
                "SELECT epoch, step, learning_rate, validation_accuracy FROM curves ORDER BY trial,"
                    + " step"))
        .contains("[0,0,0.1,0.5]", "[1,2,0.05,0.5]");
    assertThat(lines("SELECT trial, reason FROM failures ORDER BY trial"))
        .containsExactly("[1,NaN or infinity in epoch 1]", "[2,java.lang.Boom]");
    assertThat(lines("SELECT configuration_text, state, identity['seed'] FROM studies"))
        .containsExactly("[study.name = demo\n,done,1]");
    assertThat(lines("SELECT rank, status, replicates FROM leaderboard ORDER BY rank"))
        .first()
        .isEqualTo("[1,done,1]");
    for (Views.View view : Views.ALL) {
      assertThat(spark.table(view.name()).collectAsList()).as(view.name()).isNotEmpty();
    }
  }

  @Test
  void aColumnThatAVersionDidNotHaveIsNull(@TempDir Path dir) throws IOException {
    List<Column<TrialRowSource>> columns =
        TrialTable.TABLE.columns().stream()
            .filter(
                c ->
                    !List.of("confusion", "momentum", "model_checksum", "run_collector")
                        .contains(c.name()))
            .toList();
    Trial trial = Fixtures.trial(0, 0, 1);
    byte[] content =
        new Table<>("trial_rows", "", List.of("study"), columns)
            .file(
                List.of(
                    new TrialRowSource(
                        Fixtures.done(trial, 0.5), "p", 1, "reference", Fixtures.data(), null, 1)));
    Files.createDirectories(dir.resolve("trial_rows/demo"));
    Files.write(dir.resolve("trial_rows/demo/a.parquet"), content);
    spark.conf().set(ResultsDir.SETTING, dir.toString());
    assertThat(
            lines(
                "SELECT trial, confusion, momentum, model_checksum, run_collector, run_compiler,"
                    + " sigma FROM trials"))
        .containsExactly("[0,null,null,null,null,c,0.01]");
  }

  private List<String> lines(String sql) {
    return spark.sql(sql).collectAsList().stream().map(Row::toString).toList();
  }
}
