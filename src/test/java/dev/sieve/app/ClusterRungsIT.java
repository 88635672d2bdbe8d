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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Early stopping and live figures over two executor JVMs: a trial that paused on one goes on on the
 * other from its checkpoint, and both tell the driver of their epochs while they train.
 */
class ClusterRungsIT {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final Path OWN_FOLDER = Path.of("/proc/self/cwd");

  private static final String[] CLUSTER = {
    "--master",
    "local-cluster[2,1,1024]",
    "--conf",
    "spark.executor.memory=700m",
    "--conf",
    Launcher.EXECUTOR_ARCHIVE
  };

  /**
   * Twelve trials, of which nine and six go on, each in a task of its own; the last rung is long
   * enough for the terminal to be drawn within.
   */
  private static final String STUDY =
      """
      study { name = rungs, seed = 7 }
      data { source = synthetic, train = 1500, validation = 200 }
      network { hidden = [20], init.weights = he }
      training { batch-size = 50, schedule { type = constant, eta = 0.05, epochs = 50 } }
      engine.fuse = 1
      coarse {
        sampler = grid
        rungs { type = halving, at = [2, 6, 50], keep = [9, 6] }
        space { lambda { log10 = [-5, -1], points = 4 }, eta { log10 = [-2.5, -0.5], points = 3 } }
      }
      """;

  @TempDir Path scratch;

  @Test
  void trialsGoOnInOtherExecutorsToTheTableOfOneCore() throws IOException, InterruptedException {
    assumeThat(SCRIPT).as("skipped: no script(1) to make a terminal").exists();
    Path clustered = scratch.resolve("clustered");
    Launcher.Ended watched = onATerminal(words(clustered, CLUSTER));
    assertThat(watched.status()).as(watched.out()).isZero();
    Path alone = scratch.resolve("alone");
    Launcher.Ended ended =
        Launcher.sieve(scratch, words(alone, "--master", "local[1]").toArray(new String[0])).end();
    assertThat(ended.status()).as(ended.err()).isZero();

    assertThat(Launcher.table(clustered)).hasSizeGreaterThan(12).isEqualTo(Launcher.table(alone));
    List<String> moves = moves(clustered);
    assertThat(moves).as("executors of a trial, rung by rung").contains("0,1").contains("1,0");
    assertThat(mostGroupsAtOnce(watched.out())).isEqualTo(2);
  }

  /** A folder that is another one in every process: its working directory. */
  @Test
  void executorsThatSeeAnotherFolderAreRefused() throws IOException, InterruptedException {
    assumeThat(OWN_FOLDER).as("skipped: a machine without /proc").exists();
    String dir = OWN_FOLDER + "/target/" + scratch.getFileName();
    try {
      List<String> words = words(Path.of(dir), CLUSTER);
      Launcher.Ended refused = Launcher.sieve(scratch, words.toArray(new String[0])).end();

      assertThat(refused.status()).as(refused.err()).isEqualTo(ExitStatus.USER_ERROR);
      assertThat(refused.err())
          .contains("results.dir must be a folder that all of them share, but executor ")
          .contains(
              " does not see what the driver wrote to file:"
                  + dir
                  + "/studies/rungs/checkpoints (no such file): set results.dir to a shared folder")
          .doesNotContain("\tat ");
      assertThat(Path.of(dir, "trial_rows/rungs")).doesNotExist();
    } finally {
      Launcher.inProcess("delete", "rungs", "--yes", "--results", dir);
    }
  }

  /** Of trials that never pause the tables are the driver's alone, and it picks by them. */
  @Test
  void withoutRungsAStudyNeedsNoFolderThatExecutorsSee() throws IOException, InterruptedException {
    assumeThat(OWN_FOLDER).as("skipped: a machine without /proc").exists();
    String dir = OWN_FOLDER + "/target/" + scratch.getFileName();
    try {
      List<String> words = new ArrayList<>(List.of("run", "-c", "src/test/resources/small.conf"));
      words.addAll(Arrays.asList(CLUSTER));
      words.add("results.dir=" + dir);
      Launcher.Ended ended = Launcher.sieve(scratch, words.toArray(new String[0])).end();

      assertThat(ended.status()).as(ended.err()).isZero();
      assertThat(ended.out())
          .contains("leaderboard of coarse", "leaderboard of fine", "final training of");
      assertThat(ended.err())
          .containsOnlyOnce(": a stop or a lost executor costs a group's whole training");
    } finally {
      Launcher.inProcess("delete", "small", "--yes", "--results", dir);
    }
  }

  private List<String> words(Path results, String... options) throws IOException {
    Path file = Files.writeString(scratch.resolve("rungs.conf"), STUDY);
    List<String> words = new ArrayList<>(List.of("coarse", "-c", file.toString()));
    words.addAll(Arrays.asList(options));
    words.add("results.dir=" + results);
    return words;
  }

  /** With what a terminal is shown, over and over. */
  private Launcher.Ended onATerminal(List<String> words) throws IOException, InterruptedException {
    List<String> quoted = words.stream().map(word -> "'" + word + "'").toList();
    return Launcher.start(
            scratch,
            List.of(
                SCRIPT.toString(), "-qec", "submit/sieve " + String.join(" ", quoted), "/dev/null"))
        .end();
  }

  /** For each pause that a trial went on from: the executors before and after. */
  private static List<String> moves(Path results) throws IOException {
    try (SparkSession spark = SieveSession.open("moves", results.toString())) {
      return spark
          .sql(
              """
              SELECT before.run_executor, after.run_executor FROM trial_rows before JOIN trial_rows after
              ON before.configuration = after.configuration AND before.replicate = after.replicate
                AND before.rung + 1 = after.rung AND before.status = 'paused'""")
          .collectAsList()
          .stream()
          .map((Row row) -> row.getString(0) + "," + row.getString(1))
          .toList();
    }
  }

  /** Each executor trains one group at a time: two with epochs at once are both executors'. */
  private static long mostGroupsAtOnce(String shown) {
    Pattern told = Pattern.compile("trial \\d+ +epoch \\d+/50  validation \\d+\\.\\d+ %");
    return Arrays.stream(shown.split("\033\\[J"))
        .mapToLong(
            frame -> told.matcher(frame).results().map(MatchResult::group).distinct().count())
        .max()
        .orElse(0);
  }
}
