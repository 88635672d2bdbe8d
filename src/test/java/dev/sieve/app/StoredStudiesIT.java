package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sieve.app.cli.ExitStatus;
import dev.sieve.spark.sql.SieveSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on studies that have run: list, show, compare, export, compact, delete. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredStudiesIT {
  private static final String CONF = "src/test/resources/small.conf";

  private Path scratch;
  private Path results;

  @BeforeAll
  void runTwoStudies(@TempDir Path folder) {
    scratch = folder;
    results = scratch.resolve("results");
    ended("run", "-c", CONF, "results.dir=" + results);
    ended(
        "coarse",
        "-c",
        CONF,
        "study.name=other",
        "training.batch-size=25",
        "results.dir=" + results);
  }

  @Test
  void studiesListsPhasesWithWhatTheyHold() throws IOException {
    List<String> lines = ended("studies", "--results", "" + results).lines().toList();

    assertThat(lines.get(0)).startsWith("study").contains("state").contains("best validation");
    assertThat(lines.subList(2, lines.size()))
        .extracting(line -> line.replaceAll(" +", " ").replaceAll("(\\d+/\\d+ \\d+) .*", "$1"))
        .containsExactly(
            "other coarse done 16/16 0",
            "small coarse done 16/16 0",
            "small fine done 3/3 0",
            "small final done 2/2 0");
    String best =
        percent(
            query(
                    results,
                    "SELECT max(validation_accuracy) FROM trials WHERE study = 'other' AND status = 'done'")
                .get(0)
                .getDouble(0));
    assertThat(lines.get(2)).contains(best);
    Path empty = Files.createDirectory(scratch.resolve("empty"));
    assertThat(ended("studies", "--results", "" + empty)).contains("no study yet in ");
  }

  /** A curve and its end, bit for bit; of the study's own is only where it stands in a plan. */
  @ParameterizedTest
  @CsvSource({"coarse, 5, 1", "fine, 1, 0"})
  void theCommandsThatShowPrintsTrainTheTrialAgain(String phase, int trial, int replicate)
      throws IOException {
    Path copy = copy("again-" + phase);
    String shown = ended("show", "small", phase, "" + trial, "--results", "" + copy);
    List<String> commands =
        shown
            .substring(shown.indexOf("train it again"))
            .lines()
            .skip(1)
            .map(String::strip)
            .toList();
    String name = "small-%s-%s".formatted(phase, trial);
    assertThat(commands)
        .containsExactly(
            "submit/sieve show small %s %s --results %s --file > %s.conf"
                .formatted(phase, trial, copy, name),
            "submit/final -c " + name + ".conf");

    Path file = scratch.resolve(name + ".conf");
    String[] words = commands.get(0).replaceAll("^submit/sieve | > .*$", "").split(" ");
    // The study's own results folder is in the file.
    Files.writeString(file, ended(words).replace("" + results, "" + copy));
    ended("final", "-c", "" + file);

    try (SparkSession spark = SieveSession.open("rows", copy.toString())) {
      String original =
          "study = 'small' AND phase = '%s' AND replicate = %s AND configuration IN (SELECT configuration FROM trials WHERE study = 'small' AND phase = '%1$s' AND trial = %s)"
              .formatted(phase, replicate, trial);
      String again =
          "study = '%s' AND phase = 'final' AND replicate = %s".formatted(name, replicate);
      List<String> first = rows(spark, "SELECT * FROM trials WHERE " + original);
      assertThat(first).hasSize(1);
      assertThat(rows(spark, "SELECT * FROM trials WHERE " + again)).isEqualTo(first);
      List<String> curve = rows(spark, "SELECT * FROM epochs WHERE " + original);
      assertThat(curve).hasSizeGreaterThan(2);
      assertThat(rows(spark, "SELECT * FROM epochs WHERE " + again)).isEqualTo(curve);
    }
  }

  @Test
  void showTellsATrialWhole() throws IOException {
    Row trial =
        query(results, "SELECT * FROM trials WHERE study = 'small' AND phase = 'final'").get(0);
    String shown =
        ended("show", "small", "final", "" + trial.getAs("trial"), "--results", "" + results);

    assertThat(shown)
        .contains("configuration " + trial.getAs("configuration"))
        .contains("untrained")
        .contains(percent(trial.<Double>getAs("test_accuracy")))
        .containsPattern("validation_accuracy +[▁▂▃▄▅▆▇█]{2,}")
        .contains("data_fingerprint")
        .contains(trial.<String>getAs("model_checksum"))
        .containsPattern("training.batch-size +50\n");
    Launcher.Ended none =
        Launcher.inProcess("show", "small", "coarse", "16", "--results", "" + results);
    assertThat(none.status()).isEqualTo(ExitStatus.USER_ERROR);
    assertThat(none.err()).contains("(0 … 15), but got 16");
  }

  @Test
  void compareSetsTwoStudiesSideBySide() throws IOException {
    List<String> lines =
        ended(
                "query",
                "--compare",
                "small",
                "other",
                "--phase",
                "coarse",
                "--results",
                "" + results)
            .lines()
            .map(line -> line.strip().replaceAll("  +", "|"))
            .toList();

    assertThat(lines).contains("study|small|other", "training.batch-size|50|25");
    List<Row> best =
        query(
            results,
            "SELECT configuration, validation_accuracy FROM leaderboard WHERE phase = 'coarse' AND rank = 1 ORDER BY study");
    Row a = best.get(1);
    Row b = best.get(0);
    assertThat(lines)
        .contains("configuration|%s|%s".formatted(a.getString(0), b.getString(0)))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("validation accuracy|" + percent(a.getDouble(1)))
                    .contains("|" + percent(b.getDouble(1)))
                    .contains(
                        String.format(
                            Locale.ROOT, "|%+.2f", 100 * (b.getDouble(1) - a.getDouble(1))))
                    .endsWith("points, paired"));
  }

  @Test
  void compareSetsTwoConfigurationsOfAStudySideBySide() throws IOException {
    List<Row> ranked =
        query(
            results,
            "SELECT configuration, validation_accuracy FROM leaderboard WHERE study = 'small' AND phase = 'coarse' ORDER BY rank");
    String output =
        ended(
            "query",
            "--study",
            "small",
            "--phase",
            "coarse",
            "--compare",
            ranked.get(7).getString(0),
            ranked.get(0).getString(0),
            "--results",
            "" + results);
    assertThat(output.lines().map(line -> line.strip().replaceAll("  +", "|")))
        .contains("rank|8|1")
        .anyMatch(
            line ->
                line.startsWith("validation accuracy|" + percent(ranked.get(7).getDouble(1)))
                    && line.contains("|+"));
    Launcher.Ended one =
        Launcher.inProcess("query", "--compare", "small", "nobody", "--results", "" + results);
    assertThat(one.status()).isEqualTo(ExitStatus.USER_ERROR);
    assertThat(one.err()).contains("of which only one is a study; there is other, small");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl", "parquet"})
  void anExportReadsBackAsTheTable(String format) throws IOException {
    Path folder = scratch.resolve("exported-" + format);
    String[] words = {
      "export", "small", "--format", format, "--output", "" + folder, "--results", "" + results
    };
    assertThat(ended(words).lines())
        .containsExactly(folder + "/trials." + format, folder + "/epochs." + format);

    try (SparkSession spark = SieveSession.open("exported", results.toString())) {
      for (String view : List.of("trials", "epochs")) {
        Dataset<Row> table = spark.table(view).where("study = 'small'");
        Dataset<Row> back =
            read(spark, format, folder.resolve(view + "." + format), table.schema());
        assertThat(back.columns()).isEqualTo(table.columns());
        List<String> expected = table.toJSON().collectAsList().stream().sorted().toList();
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(back.toJSON().collectAsList().stream().sorted()).isEqualTo(expected);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
    Launcher.Ended again = Launcher.inProcess(words);
    assertThat(again.status()).isEqualTo(ExitStatus.USER_ERROR);
    assertThat(again.err()).contains("must name a file that is not there yet");
  }

  /** With the types of the table; lists and maps are JSON text in csv. */
  private static Dataset<Row> read(
      SparkSession spark, String format, Path file, StructType schema) {
    if (format.equals("parquet")) {
      return spark.read().parquet(file.toString());
    }
    if (format.equals("jsonl")) {
      return spark.read().schema(schema).option("mode", "FAILFAST").json(file.toString());
    }
    StructType flat = new StructType();
    for (StructField field : schema.fields()) {
      DataType type = nested(field) ? DataTypes.StringType : field.dataType();
      flat = flat.add(field.name(), type, true);
    }
    Dataset<Row> rows =
        spark
            .read()
            .schema(flat)
            .option("header", "true")
            .option("multiLine", "true")
            .option("escape", "\"")
            .option("mode", "FAILFAST")
            .csv(file.toString());
    for (StructField field : schema.fields()) {
      if (nested(field)) {
        rows =
            rows.withColumn(
                field.name(), functions.from_json(rows.col(field.name()), field.dataType()));
      }
    }
    return rows;
  }

  private static boolean nested(StructField field) {
    return List.of("map", "array", "struct").contains(field.dataType().typeName());
  }

  @Test
  void compactMakesOneFileATableAndChangesNoRow() throws IOException {
    Path copy = copy("compacted");
    List<String> before = Launcher.table(copy);
    assertThat(ResultsFolder.files(copy, "study_rows/small")).hasSizeGreaterThan(1);
    int files = 0;
    for (String table : List.of("trial_rows", "epoch_rows", "study_rows")) {
      files += ResultsFolder.files(copy, table + "/small").size();
    }

    assertThat(ended("compact", "small", "--results", "" + copy))
        .isEqualTo("small: %s files are now 3\n".formatted(files));

    for (String table : List.of("trial_rows", "epoch_rows", "study_rows")) {
      assertThat(ResultsFolder.files(copy, table + "/small")).as(table).hasSize(1);
      assertThat(ResultsFolder.files(copy, table + "/other"))
          .isEqualTo(ResultsFolder.files(results, table + "/other"));
    }
    assertThat(Launcher.table(copy)).isEqualTo(before);
    assertThat(ended("compact", "small", "--results", "" + copy))
        .isEqualTo("small: 3 files, nothing to compact\n");
  }

  @Test
  void deleteNeedsAYesWhereNobodyCanBeAsked() throws IOException {
    Path copy = copy("kept");
    List<String> before = ResultsFolder.files(copy, "");
    Launcher.Ended refused = Launcher.inProcess("delete", "small", "--results", "" + copy);
    assertThat(refused.status()).isEqualTo(ExitStatus.USER_ERROR);
    assertThat(refused.err()).contains("there is no terminal to ask: give --yes");
    Launcher.Ended unknown = Launcher.inProcess("delete", "smal", "--yes", "--results", "" + copy);
    assertThat(unknown.status()).isEqualTo(ExitStatus.USER_ERROR);
    assertThat(unknown.err()).contains("but got 'smal'; there is other, small");
    assertThat(ResultsFolder.files(copy, "")).isEqualTo(before);

    assertThat(ended("delete", "small", "--yes", "--results", "" + copy))
        .startsWith("small is removed from ");
    assertThat(ResultsFolder.files(copy, ""))
        .isEqualTo(before.stream().filter(file -> !file.contains("/small/")).toList())
        .isNotEmpty();
    assertThat(query(copy, "SELECT DISTINCT study FROM trials").toString()).isEqualTo("[[other]]");
  }

  @Test
  void deleteAsksForTheNameOnATerminal() throws IOException, InterruptedException {
    assumeThat(Path.of("/usr/bin/script")).as("skipped: no script(1) to make a terminal").exists();
    Path copy = copy("asked");
    List<String> before = ResultsFolder.files(copy, "");

    Launcher.Ended no = typed(copy, "yes");
    assertThat(no.status()).as(no.out()).isEqualTo(ExitStatus.USER_ERROR);
    assertThat(no.out())
        .contains("This removes every trial, curve and model of small from ")
        .contains("nothing is removed: the study's name must be typed");
    assertThat(ResultsFolder.files(copy, "")).isEqualTo(before);

    Launcher.Ended yes = typed(copy, "small");
    assertThat(yes.status()).as(yes.out()).isZero();
    assertThat(ResultsFolder.files(copy, ""))
        .isEqualTo(before.stream().filter(file -> !file.contains("/small/")).toList());
  }

  /** Answers the question on a terminal. */
  private Launcher.Ended typed(Path folder, String answer)
      throws IOException, InterruptedException {
    String command = "submit/sieve delete small --results '%s'".formatted(folder);
    return Launcher.start(
            scratch,
            List.of(
                "bash",
                "-c",
                "printf '%s\\n' '" + answer + "' | script -qec \"" + command + "\" /dev/null"))
        .end();
  }

  private static String ended(String... words) {
    Launcher.Ended ended = Launcher.inProcess(words);
    assertThat(ended.status()).as(ended.err()).isZero();
    return ended.out();
  }

  private static List<Row> query(Path folder, String sql) throws IOException {
    try (SparkSession spark = SieveSession.open("query", folder.toString())) {
      return spark.sql(sql).collectAsList();
    }
  }

  /**
   * Without what is the machine's or says where a trial stands in its study, and without what a
   * search phase does not have: test figures and a model.
   */
  private static List<String> rows(SparkSession spark, String sql) {
    List<String> own =
        List.of("study", "phase", "level", "configuration", "trial", "plan", "confusion");
    Dataset<Row> rows = spark.sql(sql);
    String[] dropped =
        Arrays.stream(rows.columns())
            .filter(c -> own.contains(c) || c.matches("(run|test|model)(_.*)?"))
            .toArray(String[]::new);
    List<String> lines = new ArrayList<>();
    for (Row row : rows.drop(dropped).collectAsList()) {
      TreeMap<String, String> cells = new TreeMap<>();
      for (String name : row.schema().fieldNames()) {
        cells.put(
            name,
            name.equals("settings")
                ? "" + new TreeMap<>(row.getJavaMap(row.fieldIndex(name)))
                : "" + row.getAs(name));
      }
      lines.add(cells.toString());
    }
    return lines.stream().sorted().toList();
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }

  /** The results folder once more, for what changes it. */
  private Path copy(String name) throws IOException {
    return ResultsFolder.copy(results, scratch.resolve(name));
  }
}
