package dev.sieve.spark.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.spark.SharedSpark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SessionState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;

@Tag("smoke")
final class QueriesTest {
  @TempDir private static Path dir;

  @BeforeAll
  static void pointTheSessionAtTheFolder() {
    SharedSpark.session().conf().set("spark.sieve.results", dir.toString());
  }

  private final SparkSession spark = SharedSpark.session();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM trials",
        "select lambda, eta, sigma from trials where phase = 'coarse' order by 1 desc limit 3",
        "FROM trials SELECT study",
        "TABLE studies",
        "VALUES (1, 'a'), (2, 'b')",
        "SELECT 1",
        "SELECT count(*), max(validation_accuracy) FROM default.trials GROUP BY study HAVING count(*) > 1",
        "SELECT * FROM spark_catalog.default.epochs e JOIN trials t USING (study, configuration)",
        "WITH t AS (SELECT * FROM trials), u AS (SELECT * FROM t) SELECT * FROM u",
        "SELECT * FROM trials WHERE lambda = (SELECT max(lambda) FROM trials)",
        "SELECT * FROM trials t WHERE EXISTS (SELECT 1 FROM epochs e WHERE e.study = t.study)",
        "SELECT * FROM trials WHERE study IN (SELECT study FROM best) OR study NOT IN ('a')",
        "SELECT study FROM trials UNION ALL SELECT study FROM epochs",
        "SELECT study FROM trials EXCEPT SELECT study FROM best INTERSECT SELECT study FROM studies",
        "SELECT DISTINCT study, settings['training.lambda'], settings.x FROM trials",
        "SELECT study, rank() OVER w FROM trials WINDOW w AS (PARTITION BY study ORDER BY eta)",
        "SELECT k, v FROM trials LATERAL VIEW explode(settings) s AS k, v",
        "SELECT id FROM range(3)",
        "SELECT t.study, x.c FROM trials t, LATERAL (SELECT count(*) AS c FROM epochs e WHERE e.study = t.study) x",
        "SELECT * FROM (SELECT phase, status, trial FROM trials) PIVOT (count(trial) FOR status IN ('done', 'failed'))",
        "SELECT /*+ BROADCAST(t) */ * FROM trials t",
        "SELECT * FROM trials TABLESAMPLE (10 PERCENT)",
        "SELECT CASE WHEN eta > 1 THEN 'x' END, CAST(lambda AS STRING), transform(hidden, h -> h + 1) FROM trials",
        "SELECT * EXCEPT (settings) FROM trials",
        "FROM trials |> WHERE lambda > 1 |> AGGREGATE count(*)",
        "SELECT * FROM explode(sequence(1, 3))",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY eta) FROM trials",
        "SHOW TABLES",
        "SHOW VIEWS",
        "SHOW COLUMNS IN trials",
        "DESCRIBE trials",
        "DESCRIBE TABLE EXTENDED leaderboard",
        "DESCRIBE trials lambda",
        "DESCRIBE QUERY SELECT study FROM trials",
        "DESCRIBE TABLE EXTENDED trials AS JSON",
        "SHOW CREATE TABLE trial_rows",
        "SHOW FUNCTIONS LIKE 'abs'",
        "DESCRIBE FUNCTION abs",
        "SHOW DATABASES",
        "EXPLAIN SELECT * FROM trials",
        "SELECT 1;",
        "SELECT study AS `λ;𝛌`, '--' FROM trials ; ;\n -- the end; of it\n",
        "SELECT 1 /* ; */ ; /* a comment */ -- and another",
        "SHOW TABLES ;",
        "EXPLAIN SELECT * FROM trials;",
        "EXPLAIN FORMATTED WITH t AS (SELECT 1) SELECT * FROM t",
      })
  void whatReadsIsRun(String sql) {
    assertThat(Queries.run(spark, sql).columns()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP VIEW trials",
        "CREATE TABLE x AS SELECT * FROM trials",
        "CREATE OR REPLACE VIEW trials AS SELECT 1",
        "CREATE TEMPORARY VIEW v AS SELECT 1",
        "CREATE TEMPORARY VIEW v USING text OPTIONS (path '/etc/hostname')",
        "CREATE FUNCTION f AS 'a.B' USING JAR '/tmp/a.jar'",
        "INSERT INTO trial_rows SELECT * FROM trial_rows",
        "INSERT OVERWRITE DIRECTORY '/nope/x' USING parquet SELECT * FROM trials",
        "WITH t AS (SELECT 1 AS a) INSERT INTO trial_rows SELECT * FROM t",
        "FROM trials INSERT INTO epoch_rows SELECT * INSERT INTO trial_rows SELECT *",
        "WITH t AS (SELECT 1) INSERT OVERWRITE LOCAL DIRECTORY '/nope' USING csv SELECT * FROM t",
        "FROM trials INSERT OVERWRITE DIRECTORY '/nope' USING csv SELECT *",
        "CREATE TABLE IDENTIFIER('x') AS SELECT 1",
        "DELETE FROM trial_rows",
        "UPDATE trial_rows SET study = 'x'",
        "MERGE INTO trial_rows t USING trials s ON t.study = s.study WHEN MATCHED THEN DELETE",
        "TRUNCATE TABLE trial_rows",
        "ALTER TABLE trial_rows SET LOCATION '/tmp'",
        "LOAD DATA INPATH '/etc/hostname' INTO TABLE trial_rows",
        "ANALYZE TABLE trial_rows COMPUTE STATISTICS",
        "REFRESH TABLE trials",
        "CACHE TABLE t AS SELECT * FROM trials",
        "SET spark.sieve.results=/tmp",
        "RESET",
        "USE default",
        "ADD JAR '/tmp/a.jar'",
        "ADD FILE '/etc/hostname'",
        "LIST FILES",
        "DECLARE VARIABLE x = 1",
        "SET VAR x = 2",
        "CALL sys.f()",
        "EXECUTE IMMEDIATE 'DROP VIEW trials'",
        "EXECUTE IMMEDIATE 'SELECT 1'",
        "BEGIN DROP VIEW trials; END",
        "COMMENT ON TABLE trial_rows IS 'x'",
        "MSCK REPAIR TABLE trial_rows",
        "EXPLAIN DROP VIEW trials",
        "EXPLAIN INSERT INTO trial_rows SELECT * FROM trial_rows",
        "EXPLAIN SELECT * FROM text.`/etc/hostname`",
        "DESCRIBE QUERY SELECT * FROM text.`/etc/hostname`",
        "DESCRIBE text.`/etc/hostname`",
        "SELECT * FROM text.`/etc/hostname`",
        "SELECT * FROM parquet.`/data`",
        "SELECT * FROM csv.`file:/etc/passwd` LIMIT 1",
        "SELECT (SELECT first(value) FROM text.`/etc/hostname`)",
        "SELECT * FROM trials WHERE study IN (SELECT value FROM text.`/etc/hostname`)",
        "SELECT * FROM trials WHERE EXISTS (SELECT 1 FROM text.`/etc/hostname`)",
        "WITH t AS (SELECT * FROM text.`/etc/hostname`) SELECT * FROM t",
        "WITH t AS (WITH u AS (SELECT * FROM text.`/etc/hostname`) SELECT * FROM u) SELECT * FROM t",
        "SELECT * FROM trials UNION SELECT * FROM json.`/x`",
        "SELECT * FROM trials JOIN text.`/etc/hostname` ON true",
        "SELECT * FROM trials, LATERAL (SELECT * FROM text.`/etc/hostname`)",
        "SELECT CASE WHEN true THEN (SELECT max(value) FROM text.`/etc/hostname`) END",
        "SELECT * FROM other_table",
        "SELECT * FROM mine.trials",
        "SELECT * FROM global_temp.trials",
        "SELECT * FROM trials WITH (path = '/etc')",
        "SELECT reflect('java.lang.System', 'getenv', 'HOME')",
        "SELECT REFLECT('java.lang.System', 'exit', 1) FROM trials",
        "SELECT java_method('java.lang.Runtime', 'getRuntime')",
        "SELECT try_reflect('java.lang.System', 'getenv', 'HOME')",
        "SELECT `reflect`('java.lang.System', 'getenv', 'HOME')",
        "SELECT * FROM trials ORDER BY reflect('java.lang.System', 'getenv', 'HOME')",
        "SELECT transform(hidden, h -> java_method('java.lang.Math', 'abs', h)) FROM trials",
        "SELECT max(eta) FILTER (WHERE reflect('a', 'b') = 'c') FROM trials",
        "SELECT IDENTIFIER('reflect')('java.lang.System', 'getenv', 'HOME')",
        "SELECT * FROM IDENTIFIER('text.`/etc/hostname`')",
        "SELECT TRANSFORM (study) USING 'cat' AS (s) FROM trials",
        "FROM trials MAP study USING 'cat' AS s",
        "SELECT abs(lambda) FROM trials ORDER BY IDENTIFIER('abs')(1)",
        "INSERT INTO IDENTIFIER('trial_rows') SELECT * FROM trial_rows",
        "DESCRIBE IDENTIFIER('text.`/etc/hostname`')",
        "SELECT * FROM python_worker_logs()",
        "SELECT * FROM STREAM text.`/etc`",
        "SELECT * FROM STREAM trials",
        "SELECT * FROM STREAM(trials)",
        "SELECT * FROM trials VERSION AS OF 1",
        "SELECT from_protobuf(study, 'M', '/etc/hostname') FROM trials",
        "SELECT from_xml('<a/>', 'b INT', map('rowValidationXSDPath', '/etc/hostname'))",
        "SELECT system.builtin.schema_of_xml('<a/>', map('rowValidationXSDPath', '/x'))",
        "SELECT xpath_string('<!DOCTYPE a SYSTEM \"http://127.0.0.1/x.dtd\"><a/>', 'a')",
        "SELECT from_avro(study, '\"int\"', map('avroSchemaUrl', 'http://127.0.0.1')) FROM trials",
        "SELECT repeat('x', ${spark.sql.shuffle.partitions})",
        "SHOW PARTITIONS text.`/etc/hostname`",
        "SHOW COLUMNS IN mine.trials",
        "EXPLAIN SHOW TABLES",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP VIEW trials;",
        "DROP VIEW trials;",
        "WITH t AS (SELECT 1 AS a) INSERT INTO trial_rows SELECT * FROM t;",
        ";",
      })
  void whatDoesMoreIsRefusedBeforeItIsRun(String sql) {
    assertThatThrownBy(() -> Queries.run(spark, sql))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "(?s)a query must (only read Sieve's tables|be valid Spark SQL), but .*")
        // No word of Spark's code, such as CreateTableAsSelect.
        .message()
        .doesNotMatch("(?s).*no query \\(\\w*[a-z].*");
  }

  @Test
  void aRefusalNamesWhatWasFoundAndTheRemedy() {
    assertThatThrownBy(() -> Queries.run(spark, "SELECT * FROM text.`/etc/hostname`"))
        .hasMessageContaining("but it reads text./etc/hostname: use SELECT")
        .hasMessageContaining("over trial_rows, epoch_rows");
    assertThatThrownBy(() -> Queries.run(spark, "SELECT reflect('a', 'b')"))
        .hasMessageContaining("it calls the function reflect");
    assertThatThrownBy(() -> Queries.run(spark, "DROP VIEW trials"))
        .hasMessageContaining("it is no query (DROP)");
    assertThatThrownBy(
            () -> Queries.run(spark, "WITH t AS (SELECT 1) INSERT INTO trial_rows SELECT * FROM t"))
        .hasMessageContaining("it is no query (INSERT)");
  }

  @Test
  void errorsOfTheStatementAreSparksFirstLines() {
    assertThatThrownBy(() -> Queries.run(spark, "SELECT lamda FROM trials"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("UNRESOLVED_COLUMN")
        .hasMessageContaining("`lambda`")
        .hasMessageNotContaining("'Project");
    assertThatThrownBy(() -> Queries.run(spark, "SELEC 1"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("PARSE_SYNTAX_ERROR");
    assertThatThrownBy(() -> Queries.run(spark, "")).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Queries.rows(spark, "SELECT id / 0 FROM range(1)"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("DIVIDE_BY_ZERO");
    assertThat(Queries.rows(spark, "SELECT 6 * 7")).hasToString("[[42]]");
  }

  /** A later Spark's functions are looked at, one by one, before their names are added here. */
  @Test
  void everyFunctionOfTheSessionHasBeenLookedAt() throws IOException {
    Set<String> known = new TreeSet<>(ReadOnlyCheck.FUNCTIONS);
    try (InputStream text = getClass().getResourceAsStream("harmless-functions.txt")) {
      known.addAll(List.of(new String(text.readAllBytes(), UTF_8).split("\\s+")));
    }
    assertThat(known).doesNotContain("").hasSizeGreaterThan(500);

    SessionState state = ((org.apache.spark.sql.classic.SparkSession) spark).sessionState();
    Set<String> unknown = new TreeSet<>();
    CollectionConverters.asJava(state.functionRegistry().listFunction())
        .forEach(function -> unknown.add(function.funcName()));
    CollectionConverters.asJava(state.tableFunctionRegistry().listFunction())
        .forEach(function -> unknown.add(function.funcName()));
    assertThat(unknown).contains("abs", "range", "reflect");
    unknown.removeAll(known);
    assertThat(unknown)
        .as("look whether they read more than their arguments: a file, an address, the process")
        .isEmpty();
  }

  @Test
  void textThatLooksLikeAVariableIsText() {
    assertThat(Queries.rows(spark, "SELECT '${env:HOME}', '${spark.app.name}', \"${x:y}\""))
        .hasToString("[[${env:HOME},${spark.app.name},${x:y}]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT repeat('x', 2147483647)",
        "SELECT length(repeat(CAST(id AS STRING), 2147483647)) FROM range(1)",
        "SELECT space(2147483647)",
      })
  void whatDoesNotFitIntoMemoryIsSaid(String sql) {
    assertThatThrownBy(() -> Queries.rows(spark, sql))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("a query must fit into the memory that Spark has, but ")
        .hasMessageContaining("--driver-memory");
  }

  @Test
  void aStatementThatNestsTooDeeplyIsSaid() {
    String sql = "SELECT " + "(".repeat(5_000) + "1" + ")".repeat(5_000);
    assertThatThrownBy(() -> Queries.run(spark, sql))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("a query must be valid Spark SQL, but ");
  }
}
