package dev.sieve.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.docs.DocPage;
import dev.sieve.docs.Python;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.spark.store.Compaction;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.spark.store.ResultFiles;
import dev.sieve.spark.store.ResultsDir;
import dev.sieve.spark.table.Column;
import dev.sieve.spark.table.Table;
import dev.sieve.spark.table.TrialRowSource;
import dev.sieve.spark.table.TrialTable;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * DuckDB and pandas on the files themselves, with the lines of the page on the tables: they find
 * what Sieve's views find, also where a key has several rows and while a compaction is under way.
 */
@Timeout(120)
final class OtherReadersTest {
  private static final String DOCUMENTED = "data/results";
  private static final String COLUMNS =
      "study, phase, level, configuration, replicate, rung, status, \"lambda\", eta, validation_accuracy";

  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path dir;

  @BeforeEach
  void write() throws IOException {
    spark.conf().set(ResultsDir.SETTING, dir.toString());
    Trial survivor = Fixtures.trial(Phase.COARSE, 0, 0, 0, 1e-4, 0);
    Trial survived = Fixtures.trial(Phase.COARSE, 0, 0, 0, 1e-4, 1);
    Trial stopped = Fixtures.trial(1, 0, 2e-4);
    Trial again = Fixtures.trial(2, 0, 3e-4);
    Trial withdrawn = Fixtures.trial(3, 0, 4e-4);
    Trial other = Fixtures.trial(4, 1, 1e-2);
    Trial diverged = Fixtures.trial(5, 0, 6e-4);
    Trial fine = Fixtures.trial(Phase.FINE, 1, 0, 0, 1e-4, 0);
    PhasePlan coarse = Fixtures.plan(survivor, stopped, again, withdrawn, other, diverged);
    try (ParquetTrialStore store = open()) {
      // The best rows of all are those that newer ones replace.
      store.commit(coarse, List.of(Fixtures.ended(survivor, Status.PAUSED, 0.9375)));
      store.commit(coarse, List.of(Fixtures.ended(stopped, Status.PAUSED, 0.875)));
      store.commit(coarse, List.of(Fixtures.done(survived, 0.5)));
      store.commit(coarse, List.of(Fixtures.ended(stopped, Status.PRUNED, 0.875)));
      store.commit(coarse, List.of(Fixtures.failed(again, Status.LOST)));
      store.commit(coarse, List.of(Fixtures.done(withdrawn, 0.96875)));
      store.commit(coarse, List.of(Fixtures.done(again, 0.25), Fixtures.diverged(diverged)));
      store.commit(coarse, List.of(Fixtures.failed(withdrawn, Status.FAILED)));
      store.commit(coarse, List.of(Fixtures.done(other, 0.625)));
      store.commit(Fixtures.plan(fine), List.of(Fixtures.done(fine, 0.375)));
    }
  }

  @Test
  void duckDbReadsTheNewestRows() throws Exception {
    String[] documented = DocPage.tables().block("sql", "read_parquet").split(";\\s*\n", 2);
    String view = DocPage.at(documented[0], DOCUMENTED, dir);
    String best = documented[1];
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      sql.execute(view);

      assertThat(rows(sql, "SELECT * FROM (" + best.strip().replace(";", "") + ")"))
          .isEqualTo(spark(best.replace("\"", "`").replace(";", "")))
          .extracting(row -> row.get(5))
          .containsExactly("0.625", "0.5", "0.375", "0.25");
      List<List<String>> all = spark(everything().replace("\"", "`"));
      assertThat(all).hasSize(7);
      assertThat(rows(sql, everything())).isEqualTo(all);

      assertThat(rawRows(sql)).isEqualTo(11);
      compactHalfway();
      assertThat(rawRows(sql)).isGreaterThan(11);
      assertThat(rows(sql, everything())).isEqualTo(all);
      compaction(() -> {}).run(1);
      assertThat(rawRows(sql)).isEqualTo(8);
      assertThat(rows(sql, everything())).isEqualTo(all);
    }
  }

  @Test
  void duckDbTakesLambdaOnlyQuoted() throws Exception {
    String documented = DocPage.tables().block("sql", "read_parquet");
    assertThat(documented).contains("\"lambda\"");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      assertThatThrownBy(
              () ->
                  sql.execute(
                      DocPage.at(documented, DOCUMENTED, dir).replace("\"lambda\"", "lambda")))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("lambda");
    }
  }

  /** Files of this version beside those of an older one, which lack columns. */
  @Test
  void duckDbReadsFilesOfSeveralVersionsTogether() throws Exception {
    List<Column<TrialRowSource>> fewer =
        TrialTable.TABLE.columns().stream().filter(c -> !c.name().equals("sigma")).toList();
    Trial old = Fixtures.trial(9, 0, 0.5);
    byte[] content =
        new Table<>("trial_rows", "", List.of("study"), fewer)
            .file(
                List.of(
                    new TrialRowSource(
                        Fixtures.done(old, 1), "p", 1, "reference", Fixtures.data(), null, 1)));
    Files.createDirectories(dir.resolve("trial_rows/before"));
    Files.write(dir.resolve("trial_rows/before/a.parquet"), content);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      sql.execute(
          DocPage.at(DocPage.tables().block("sql", "read_parquet").split(";")[0], DOCUMENTED, dir));
      assertThat(rows(sql, "SELECT \"lambda\", sigma FROM trials ORDER BY \"lambda\" DESC LIMIT 2"))
          .extracting(List::toString)
          .containsExactly("[0.5, null]", "[0.01, 0.01]");
    }
  }

  /** What the page says of files that are not whole. */
  @Test
  void duckDbEndsAtATornFileAndTheDocumentedLineNamesIt() throws Exception {
    Path file;
    try (Stream<Path> all = Files.list(dir.resolve("trial_rows/demo"))) {
      file = all.sorted().findFirst().orElseThrow();
    }
    String name = file.getFileName().toString();
    byte[] content = Files.readAllBytes(file);
    String check = DocPage.at(DocPage.tables().block("sh", "sha256sum"), DOCUMENTED, dir);
    assertThat(shell(check)).isEmpty();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      int whole = rawRows(sql);
      for (int length : new int[] {0, 5, content.length / 2}) {
        Files.write(file, Arrays.copyOf(content, length));
        assertThat(shell(check)).isEqualTo("damaged: " + file + "\n");
        // A statement of DuckDB's is closed by its first error.
        assertThatThrownBy(() -> rawRows(duck.createStatement()))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining(name);
      }
      content[content.length / 3] ^= 1;
      Files.write(file, content);
      assertThat(shell(check)).isEqualTo("damaged: " + file + "\n");
      assertThat(
              rows(
                  sql,
                  "SELECT count(*) FROM read_parquet('%s/trial_rows/*/*.parquet', union_by_name = true, filename = true) WHERE filename NOT LIKE '%%%s'"
                      .formatted(dir, name)))
          .asString()
          .isNotEqualTo("[[" + whole + "]]");
    }
  }

  private static String shell(String script) throws IOException {
    Process bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    return new String(bash.getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void pandasReadsTheNewestRows() throws Exception {
    String python = Python.with("pandas", "pyarrow");
    String documented =
        DocPage.at(DocPage.tables().block("python", "read_parquet"), DOCUMENTED, dir);
    String asked =
        """
        columns = ["study", "phase", "level", "configuration", "replicate", "rung", "status", "lambda", "eta", "validation_accuracy"]
        for row in trials[columns].sort_values(columns[:5]).itertuples(index=False):
            print("|".join("" if pd.isna(value) else str(value) for value in row))
        print(best, done.query("`lambda` < 1e-3")["validation_accuracy"].max())
        """;
    for (boolean half : new boolean[] {false, true}) {
      if (half) {
        compactHalfway();
      }
      Python.Ended ended = Python.run(python, documented + asked, dir);

      assertThat(ended.status()).as(ended.err()).isZero();
      List<String> expected = new ArrayList<>();
      for (List<String> row : spark(everything().replace("\"", "`"))) {
        expected.add(String.join("|", row.stream().map(v -> v == null ? "" : v).toList()));
      }
      expected.add("0.5 0.5");
      assertThat(ended.out().lines().map(OtherReadersTest::plain))
          .containsExactlyElementsOf(expected.stream().map(OtherReadersTest::plain).toList());
    }
  }

  /** Python and Java write small numbers in their own ways. */
  private static String plain(String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.split("[| ]", -1)) {
      words.add(
          word.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?")
              ? Double.toString(Double.parseDouble(word))
              : word);
    }
    return String.join("|", words);
  }

  private static String everything() {
    return "SELECT "
        + COLUMNS
        + " FROM trials ORDER BY study, phase, level, configuration, replicate";
  }

  private List<List<String>> spark(String sql) {
    List<List<String>> rows = new ArrayList<>();
    spark
        .sql(sql)
        .collectAsList()
        .forEach(
            row -> {
              List<String> cells = new ArrayList<>();
              for (int i = 0; i < row.size(); i++) {
                cells.add(row.isNullAt(i) ? null : row.get(i).toString());
              }
              rows.add(cells);
            });
    return rows;
  }

  private static List<List<String>> rows(Statement sql, String query) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (ResultSet found = sql.executeQuery(query)) {
      while (found.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          Object cell = found.getObject(i);
          cells.add(cell == null ? null : cell.toString());
        }
        rows.add(cells);
      }
    }
    return rows;
  }

  private int rawRows(Statement sql) throws SQLException {
    return Integer.parseInt(
        rows(sql, "SELECT count(*) FROM read_parquet('%s/trial_rows/*/*.parquet')".formatted(dir))
            .get(0)
            .get(0));
  }

  /** Dies when the merged file of trials is written and none of the others is removed yet. */
  private void compactHalfway() throws IOException {
    assertThatThrownBy(() -> compaction(Crash.after(1)).run(1)).hasMessage("crash");
  }

  private Compaction compaction(Compaction.Permit permit) throws IOException {
    return new Compaction(new ResultFiles(new Configuration(), "file:" + dir), "demo", permit);
  }

  private ParquetTrialStore open() {
    return ParquetTrialStore.open(spark, dir.toString(), "demo", "reference", Fixtures.data());
  }
}
