package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A study in processes of its own: undisturbed, killed, stopped, started twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StudyIT {
  private static final String CONF = "src/test/resources/small.conf";

  /** Long enough for a coarse phase to be interrupted within. */
  private static final List<String> SLOW =
      List.of("training.schedule.half-cycle=600", "data.train=2000", "engine.fuse=1");

  private static final long STEPS_PER_EPOCH = 40;
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private Path scratch;
  private Path undisturbed;
  private List<String> expected;

  @BeforeAll
  void runUndisturbed(@TempDir Path folder) throws IOException, InterruptedException {
    scratch = folder;
    undisturbed = scratch.resolve("undisturbed");
    Launcher.Ended ended = run("coarse", undisturbed, "local[2]").end();
    assertThat(ended.status()).as(ended.err()).isZero();
    expected = Launcher.table(undisturbed);
    assertThat(expected).hasSizeGreaterThan(16 * 31);
  }

  @Test
  void oneCoreGivesTheSameTable() throws IOException, InterruptedException {
    Path results = scratch.resolve("one-core");
    assertThat(run("coarse", results, "local[1]").end().status()).isZero();
    assertThat(Launcher.table(results)).isEqualTo(expected);
  }

  @Test
  void aKilledDriverGoesOnToTheSameTable() throws IOException, InterruptedException {
    Path results = scratch.resolve("killed");
    Launcher.Running running = run("coarse", results, "local[2]");
    running.until(() -> trialFiles(results) >= 3);
    running.process().destroyForcibly().waitFor();
    int kept = trialFiles(results);
    assertThat(kept).isBetween(3, 15);

    Launcher.Ended again = run("coarse", results, "local[2]").end();

    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err()).contains("of 16 trials are in the table already");
    assertThat(Launcher.table(results)).isEqualTo(expected);
  }

  @Test
  void aStudyRunsOnceAtATimeAndStopsWhenAsked() throws IOException, InterruptedException {
    Path results = scratch.resolve("stopped");
    Launcher.Running first = run("coarse", results, "local[2]");
    first.until(() -> trialFiles(results) >= 2);

    // In this process, where Spark is loaded already: the first one is not to end before.
    Launcher.Ended second = Launcher.inProcess(words("coarse", results).toArray(new String[0]));
    assertThat(second.status()).isEqualTo(2);
    assertThat(second.err())
        .contains("small")
        .containsIgnoringCase("lease")
        .doesNotContain("\tat ");

    long asked = System.nanoTime();
    first.process().destroy();
    Launcher.Ended stopped = first.end();
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(130);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - asked)).isLessThan(30);

    assertThat(run("coarse", results, "local[2]").end().status()).isZero();
    assertThat(Launcher.table(results)).isEqualTo(expected);
    assertThat(progressFiles(results)).isEmpty();
  }

  /** Nothing is kept on the way: what is there afterwards was written because of the signal. */
  @Test
  void ctrlCKeepsTheStepsOfRunningGroups() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(SCRIPT), "skipped: a terminal is made by " + SCRIPT);
    Path results = scratch.resolve("kept");
    // Two groups that both run until the end.
    List<String> words = words("coarse", results, "engine.fuse=8", "'engine.checkpoint-every=1 h'");
    String command = Launcher.TOP + "/submit/sieve --master 'local[2]' " + String.join(" ", words);
    Launcher.Running first =
        Launcher.start(scratch, List.of(SCRIPT.toString(), "-qefc", command, "/dev/null"));
    first.until(() -> told(first, 0) >= 3 && told(first, 8) >= 3);
    assertThat(progressFiles(results)).isEmpty();
    long told = 8 * STEPS_PER_EPOCH * (long) (told(first, 0) + told(first, 8));
    ProcessHandle driver =
        first
            .process()
            .descendants()
            .filter(child -> child.info().command().orElse("").endsWith("/java"))
            .findFirst()
            .orElseThrow();
    new ProcessBuilder("kill", "-INT", "" + driver.pid()).start().waitFor();
    Launcher.Ended stopped = first.end();
    assertThat(stopped.status()).as(stopped.out()).isEqualTo(130);
    assertThat(trialFiles(results)).isZero();
    assertThat(progressFiles(results)).hasSize(16);
    assertThat(steps(results)).isBetween(told, 16 * 30 * STEPS_PER_EPOCH - 1);
    String kept = between(stopped.out(), "kept: ", "; the same command goes on from there");
    assertThat(kept)
        .isEqualTo(
            "%.1f of the 480.0 epochs of 16 trials that have begun",
            Math.floor(10.0 * steps(results) / STEPS_PER_EPOCH) / 10);

    Launcher.Ended again = run("coarse", results, "local[2]", "engine.fuse=5").end();

    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err()).contains("coarse goes on: " + kept + " are trained already");
    assertThat(progressFiles(results)).isEmpty();
    assertThat(Launcher.table(results)).isEqualTo(expected);
  }

  /** The epoch that the terminal showed last of the group that begins with a trial. */
  private static int told(Launcher.Running running, int trial) {
    Matcher lines =
        Pattern.compile("8 trials from " + trial + " on +epoch (\\d+)/30 ").matcher(shown(running));
    return lines.results().mapToInt(line -> Integer.parseInt(line.group(1))).max().orElse(0);
  }

  private static String shown(Launcher.Running running) {
    try {
      return Files.readString(running.out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> progressFiles(Path results) {
    Path folder = results.resolve("studies/small/checkpoints");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().contains("-progress-")).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Steps that were kept of all trials. */
  private static long steps(Path results) throws IOException {
    long steps = 0;
    for (Path file : progressFiles(results)) {
      try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
        in.skipNBytes(16);
        in.readUTF();
        steps += in.readLong();
      }
    }
    return steps;
  }

  private static String between(String text, String before, String after) {
    int from = text.indexOf(before);
    int to = text.indexOf(after);
    assertThat(from).as(text).isNotNegative().isLessThan(to);
    return text.substring(from + before.length(), to);
  }

  private Launcher.Running run(String command, Path results, String master, String... settings)
      throws IOException {
    List<String> words = words(command, results, settings);
    words.addAll(0, List.of("--master", master));
    return Launcher.sieve(scratch, words.toArray(new String[0]));
  }

  private static List<String> words(String command, Path results, String... settings) {
    List<String> words = new ArrayList<>(List.of(command, "-c", CONF));
    words.addAll(SLOW);
    words.addAll(List.of(settings));
    words.add("results.dir=" + results);
    return words;
  }

  private static int trialFiles(Path results) {
    Path folder = results.resolve("trial_rows/small");
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.filter(file -> file.getFileName().toString().endsWith(".parquet")).count();
    } catch (IOException e) {
      return 0;
    }
  }
}
