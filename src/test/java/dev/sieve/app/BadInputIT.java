package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.app.cli.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user's mistake that shows only beside results gets one clear message and status 2, and leaves
 * them as they were. What shows before Spark starts is in {@link MistakesTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
  private static final String CONF = "src/test/resources/small.conf";

  private Path scratch;
  private Path results;

  @BeforeAll
  void runACoarsePhase(@TempDir Path folder) {
    scratch = folder;
    results = scratch.resolve("results");
    assertThat(study("coarse").status()).isZero();
  }

  @Test
  void fineNeedsACoarsePhase() {
    Launcher.Ended ended = study("fine", "study.name=other");
    assertThat(ended.status()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains("coarse").contains("other").doesNotContain("\tat ");
  }

  @Test
  void aStudyWithoutAPhaseCannotBeRun() {
    Launcher.Ended ended = study("run", "coarse=null", "fine=null", "final=null");
    assertThat(ended.status()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains("must have a phase to run").doesNotContain("\tat ");
  }

  @Test
  void aChangedPlanIsRefusedWithADiff() {
    List<String> before = files();
    Launcher.Ended ended = study("coarse", "training.batch-size=25");
    assertThat(ended.status()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains("training.batch-size")
        .contains("50")
        .contains("25")
        .doesNotContain("\tat ");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aResultsFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(scratch.resolve("a-file"), "");
    Launcher.Ended ended = Launcher.inProcess("coarse", "-c", CONF, "results.dir=" + file);
    assertThat(ended.status()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains(file.toString()).doesNotContain("\tat ");
  }

  @Test
  void aFolderThatIsNamedAndNotThereIsRefused() {
    Path nothing = scratch.resolve("nothing");
    for (String words : List.of("studies", "query --top 1", "show small 1", "report", "report a")) {
      List<String> all = new ArrayList<>(List.of(words.split(" ")));
      all.addAll(List.of("--results", "" + nothing));
      Launcher.Ended refused = Launcher.inProcess(all.toArray(new String[0]));
      assertThat(refused.status()).as(words).isEqualTo(ExitStatus.USER_ERROR);
      assertThat(refused.err())
          .contains("--results must name a folder with results, but there is no " + nothing + ":")
          .hasLineCount(1);
      assertThat(refused.out()).isEmpty();
    }
    assertThat(nothing).doesNotExist();
  }

  @Test
  void aFolderWithoutAStudyIsRefused() throws IOException {
    Path empty = Files.createDirectories(scratch.resolve("empty/studies")).resolveSibling("");
    for (String words : List.of("query --top 1", "show small 1", "report")) {
      List<String> all = new ArrayList<>(List.of(words.split(" ")));
      all.addAll(List.of("--results", "" + empty));
      Launcher.Ended refused = Launcher.inProcess(all.toArray(new String[0]));
      assertThat(refused.err())
          .isEqualTo(
              "sieve: --results must name a folder with results, but %s has no study in it: correct it, or run a study with results.dir=%1$s\n"
                  .formatted(scratch.resolve("empty")));
      assertThat(refused.status()).as(words).isEqualTo(ExitStatus.USER_ERROR);
    }
  }

  @Test
  void anAnswersFolderMustBeThere() {
    Path nothing = scratch.resolve("nope");
    assertTold(
        Launcher.inProcess(
            "query", "--results", "" + results, "--output", nothing + "/x.csv", "SELECT 1"),
        "--output must name a file in a folder that is there, but there is no " + nothing + ": ");
    assertThat(nothing).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP VIEW trials",
        "INSERT INTO trial_rows SELECT * FROM trial_rows",
        "WITH t AS (SELECT 1) INSERT INTO trial_rows SELECT * FROM t",
        "SELECT * FROM text.`/etc/hostname`",
        "SELECT reflect('java.lang.System', 'exit', 1)",
        "SELECT (SELECT java_method('java.lang.System', 'getProperty', 'user.home'))",
        "EXECUTE IMMEDIATE 'SELECT 1'",
        "SELECT nonsense FROM trials",
        "SELEC 1",
      })
  void statementsThatDoNotJustRead(String sql) {
    List<String> before = files();
    Launcher.Ended ended = Launcher.inProcess("query", "--results", results.toString(), sql);
    assertThat(ended.status()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).doesNotContain("\tat ");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void whatCannotBeComputedOrWrittenIsNoFaultOfSieve() {
    String folder = results.toString();
    assertTold(
        Launcher.inProcess(
            "query", "--results", folder, "SELECT repeat(study, 2147483647) FROM trials"),
        "a query must be one that can be computed, but computing it failed",
        "overflow");
    assertTold(
        Launcher.inProcess("query", "--results", folder, "SELECT length(repeat('x', 2147483647))"),
        "a query must fit into the memory that Spark has");
    assertTold(
        Launcher.inProcess("query", "--results", folder, "--output", "nosuch://x/y", "SELECT 1"),
        "an address must begin with a file system that is set up here",
        "nosuch");
  }

  @Test
  void previewShowsRangesAndTheFirstConfigurations() {
    Launcher.Ended ended =
        study("preview", "study.name=new", "coarse.space.lambda={log10=[-3,-1],points=2}");
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("        lambda: 0.001 to 0.1, logarithmic, 2 points\n")
        .contains("        first: ")
        .contains("lambda = 0.001");
  }

  private static void assertTold(Launcher.Ended ended, String... parts) {
    assertThat(ended.status()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains(parts)
        .doesNotContain("\tat ")
        .doesNotContain("fault of Sieve");
  }

  @Test
  void queriesAnswerInThreeFormats() {
    String sql = "SELECT phase, count(*) AS trials FROM trials GROUP BY phase";
    assertThat(
            Launcher.inProcess("query", "--results", results.toString(), "--format", "csv", sql)
                .out())
        .isEqualTo("phase,trials\ncoarse,16\n");
    assertThat(
            Launcher.inProcess("query", "--results", results.toString(), "--format", "json", sql)
                .out())
        .isEqualTo("{\"phase\":\"coarse\",\"trials\":16}\n");
    assertThat(Launcher.inProcess("query", "--results", results.toString(), "--top", "3").out())
        .contains("validation_accuracy")
        .contains("3 rows");
  }

  @Test
  void columnsMayHaveOneNameTwice() {
    String folder = results.toString();
    String join =
        "SELECT a.study, b.study, 1 AS study_2, a.hidden, b.hidden FROM trials a JOIN trials b ON a.trial = b.trial LIMIT 2";
    Launcher.Ended table = Launcher.inProcess("query", "--results", folder, join);
    assertThat(table.status()).as(table.err()).isZero();
    assertThat(table.out()).startsWith("study  study  study_2  hidden  hidden").contains("2 rows");
    assertThat(Launcher.inProcess("query", "--results", folder, "--format", "csv", join).out())
        .startsWith("study,study,study_2,hidden,hidden\nsmall,small,1,")
        .hasLineCount(3);
    assertThat(Launcher.inProcess("query", "--results", folder, "--format", "json", join).out())
        .startsWith("{\"study\":\"small\",\"study_3\":\"small\",\"study_2\":1,\"hidden\":[")
        .contains("\"hidden_2\":[")
        .hasLineCount(2);
    Map<String, String> statements =
        Map.of(
            "table", "SELECT a.*, b.* FROM leaderboard a JOIN leaderboard b USING (rank) LIMIT 3",
            "csv",
                "SELECT * FROM trials t1, trials t2, trials t3 WHERE t1.trial + t2.trial = 0 LIMIT 3",
            "json",
                "SELECT * FROM trials a JOIN epochs b ON a.configuration = b.configuration LIMIT 3",
            "parquet", "SELECT * FROM trials a JOIN trials b ON a.trial = b.trial LIMIT 3");
    statements.forEach(
        (format, sql) -> {
          Path file = scratch.resolve("joined." + format);
          Launcher.Ended ended =
              Launcher.inProcess(
                  "query", "--results", folder, "--format", format, "--output", "" + file, sql);
          assertThat(ended.status()).as(ended.err()).isZero();
          assertThat(file).isNotEmptyFile();
        });
  }

  private Launcher.Ended study(String command, String... overrides) {
    List<String> words = new ArrayList<>(List.of(command, "-c", CONF, "results.dir=" + results));
    words.addAll(List.of(overrides));
    return Launcher.inProcess(words.toArray(new String[0]));
  }

  /** Everything under the results folder but the lease, with sizes. */
  private List<String> files() {
    try (var paths = Files.walk(results)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> !path.toString().contains("lease"))
          .map(path -> path + " " + path.toFile().length())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
