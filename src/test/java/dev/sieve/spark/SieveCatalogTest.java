package dev.sieve.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.spark.sql.TableStatements;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.spark.table.TrialTable;
import dev.sieve.trial.Trial;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class SieveCatalogTest {
  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path dir;

  @BeforeEach
  void pointTheSessionAtTheFolder() {
    spark.conf().set("spark.sieve.results", dir.toString());
  }

  @AfterEach
  void restore() {
    spark.sql("USE default");
  }

  @Test
  void aSessionThatHasSelectedSeesWhatArrivedSince() {
    assertThat(count("trials")).isZero();
    Dataset<Row> planned = spark.sql("SELECT * FROM trials");
    Trial first = Fixtures.trial(0, 0, 1);
    Trial second = Fixtures.trial(1, 0, 2);
    // Another session of the application writes, as another process would.
    try (ParquetTrialStore store =
        ParquetTrialStore.open(
            spark.newSession(), dir.toString(), "demo", "reference", Fixtures.data())) {
      store.commit(Fixtures.plan(first, second), List.of(Fixtures.done(first, 0.5)));
      assertThat(count("trials")).isEqualTo(1);
      assertThat(count("trial_rows")).isEqualTo(1);
      assertThat(spark.table("epochs").count()).isEqualTo(2);
      store.commit(Fixtures.plan(first, second), List.of(Fixtures.done(second, 0.5)));
      assertThat(count("trials")).isEqualTo(2);
      assertThat(count("leaderboard")).isEqualTo(2);
    }
    assertThat(planned.count()).isZero();
  }

  @Test
  void describeReadsAsDocumentation() {
    List<Row> columns = spark.sql("DESCRIBE trials").collectAsList();
    assertThat(columns).hasSameSizeAs(TrialTable.TABLE.columns());
    assertThat(columns)
        .allSatisfy(
            row -> assertThat(row.getString(2)).as(row.getString(0)).isNotNull().isNotBlank());
    assertThat(spark.sql("DESCRIBE leaderboard").collectAsList())
        .allSatisfy(row -> assertThat(row.getString(2)).as(row.getString(0)).isNotBlank())
        .extracting(row -> row.getString(0) + " " + row.getString(1))
        .contains("rank int", "validation_accuracy double", "settings map<string,string>");
    assertThat(spark.sql("DESCRIBE TABLE EXTENDED studies").collectAsList())
        .anySatisfy(row -> assertThat(row.getString(1)).startsWith("One row a phase and level"));
  }

  @Test
  void allNamesAreListedBeforeAnyWasRead() {
    assertThat(spark.sql("SHOW TABLES").collectAsList())
        .extracting(row -> row.getString(1))
        .contains("trial_rows", "epoch_rows", "study_rows", "trials", "best");
    assertThat(spark.sql("SHOW VIEWS").collectAsList())
        .extracting(row -> row.getString(1))
        .contains("trials", "epochs", "studies", "leaderboard", "best");
    assertThat(spark.sql("SHOW COLUMNS IN epochs").collectAsList())
        .extracting(row -> row.getString(0))
        .startsWith("study", "phase", "level", "configuration", "replicate", "rung", "epoch");
  }

  @Test
  void namesAreFoundInAnyCaseAndQualified() {
    assertThat(count("TRIALS")).isZero();
    assertThat(count("default.Trials")).isZero();
    assertThat(count("spark_catalog.default.best")).isZero();
  }

  @Test
  void aTableOfTheUsersIsLeftAlone() {
    for (String name : TableStatements.NAMES) {
      spark.sql(TableStatements.drop(name));
    }
    spark.conf().unset("spark.sieve.results");
    spark.sql("CREATE VIEW trials AS SELECT 7 AS mine");
    try {
      spark.conf().set("spark.sieve.results", dir.toString());
      assertThat(spark.sql("SELECT * FROM trials").first().getInt(0)).isEqualTo(7);
      assertThat(count("leaderboard")).isZero();
    } finally {
      spark.sql("DROP VIEW trials");
    }
    assertThat(count("trials")).isZero();
  }

  @Test
  void onlyTheDefaultDatabaseHasThem() {
    spark.sql("CREATE DATABASE IF NOT EXISTS mine");
    spark.sql("USE mine");
    assertThatThrownBy(() -> count("trials")).isInstanceOf(AnalysisException.class);
    assertThat(count("default.trials")).isZero();
  }

  @Test
  void withoutTheSettingThereAreNoTables() {
    for (String name : TableStatements.NAMES) {
      spark.sql(TableStatements.drop(name));
    }
    spark.conf().unset("spark.sieve.results");
    assertThatThrownBy(() -> count("trials"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
  }

  private long count(String table) {
    return spark.sql("SELECT count(*) FROM " + table).first().getLong(0);
  }
}
