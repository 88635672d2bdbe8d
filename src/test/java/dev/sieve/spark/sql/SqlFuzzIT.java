package dev.sieve.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.fuzz.Fuzz;
import dev.sieve.fuzz.FuzzKind;
import dev.sieve.fuzz.Mutations;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.store.ResultsDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Statements as they come from a hurry; what they leave of the results is looked at. */
final class SqlFuzzIT {
  private static final Path RESULTS = Path.of("src/test/resources/tables/0.1.0");
  private final SparkSession spark = SharedSpark.session();

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT * FROM trials WHERE phase = 'coarse' ORDER BY validation_accuracy DESC LIMIT 3",
          "SELECT phase, count(*) AS trials, max(validation_accuracy) FROM trials GROUP BY phase HAVING count(*) > 1",
          "WITH t AS (SELECT * FROM epochs), u AS (SELECT study, epoch FROM t) SELECT * FROM u",
          "SELECT study, rank() OVER (PARTITION BY phase ORDER BY eta) FROM trials",
          "SELECT k, v FROM trials LATERAL VIEW explode(settings) s AS k, v",
          "SELECT * FROM trials t JOIN epochs e USING (study, configuration) WHERE t.lambda IN (SELECT max(lambda) FROM best)",
          "SELECT CASE WHEN eta > 1e-3 THEN 'x' END, CAST(lambda AS DECIMAL(20, 3)), transform(hidden, h -> h + 1) FROM trials",
          "SELECT date_format(run_started, 'yyyy-MM-dd'), repeat(study, 3), rlike(study, '[a-z]+') FROM trials",
          "SELECT * FROM (SELECT phase, status, trial FROM trials) PIVOT (count(trial) FOR status IN ('done', 'failed'))",
          "SELECT id FROM range(3) UNION ALL VALUES (1), (2)",
          "SELECT * FROM text.`/etc/hostname`",
          "SELECT reflect('java.lang.System', 'getenv', 'HOME')",
          "INSERT OVERWRITE DIRECTORY '/nope' USING csv SELECT * FROM trials",
          "CREATE TABLE x USING csv AS SELECT 1",
          "DESCRIBE TABLE EXTENDED trials",
          "SHOW COLUMNS IN trials",
          "EXPLAIN FORMATTED SELECT '${env:HOME}' FROM trials");

  @Test
  void statements() throws IOException {
    spark.conf().set(ResultsDir.SETTING, RESULTS.toString());
    STATEMENTS.stream().limit(4).forEach(this::ask);
    List<String> tables = tables();
    List<String> files = files();
    // A statement is analysed; one in ten is answered as well, if that cannot take long.
    new Fuzz(FuzzKind.SQL, List.of())
        .run(
            random -> Mutations.text(STATEMENTS, random),
            sql -> {
              if (sql.hashCode() % 10 == 0 && !sql.matches(".*\\d{4}.*")) {
                Queries.rows(spark, sql);
              } else {
                Queries.run(spark, sql);
              }
            });
    assertThat(tables()).isEqualTo(tables);
    assertThat(files()).isEqualTo(files);
    assertThat(Path.of("/nope")).doesNotExist();
  }

  private void ask(String sql) {
    Queries.rows(spark, sql);
  }

  private List<String> tables() {
    return Queries.rows(spark, "SHOW TABLES").stream().map(Object::toString).toList();
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(RESULTS)) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
