package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.spark.MortalFileSystem;
import dev.sieve.spark.MortalFileSystem.Life;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Drivers that die at seeded moments, again and again within a study, leave the table of a study
 * that nobody disturbed. Most die in this JVM, at a change of a file; some are processes that get a
 * SIGKILL. {@code -Dkills=30} kills so many processes, {@code -Dtests.seed=N} at other moments.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(1800)
class KilledStudiesIT {
  private static final int STUDIES = 3;
  private static final int DEATHS = Integer.getInteger("deaths", 4);

  /** Processes; a start takes seconds. */
  private static final int KILLS = Integer.getInteger("kills", STUDIES);

  private final long seed = Long.getLong("tests.seed", 1);
  private final Map<String, List<String>> expected = new HashMap<>();
  private final Map<String, Integer> changes = new HashMap<>();
  private SmallStudies studies;
  private Path scratch;

  static List<String> files() {
    return List.of(SmallStudies.TPE, SmallStudies.HALVING, SmallStudies.LEVELS);
  }

  @BeforeAll
  void runUndisturbed(@TempDir Path folder) throws IOException, InterruptedException {
    scratch = folder;
    studies = new SmallStudies(folder);
    for (String study : files()) {
      Path results = folder.resolve("undisturbed-" + SmallStudies.name(study));
      Life life = MortalFileSystem.life(Integer.MAX_VALUE);
      assertThat(studies.run(study, life.uri(results)).status()).isZero();
      expected.put(study, studies.table(results));
      changes.put(study, life.changes());
    }
  }

  @AfterAll
  void close() {
    studies.close();
  }

  @ParameterizedTest
  @MethodSource("files")
  void deathsAtChangesOfFilesLeaveTheSameTable(String study)
      throws IOException, InterruptedException {
    Random random = random(study);
    int deaths = 0;
    for (int folder = 0; deaths < DEATHS; folder++) {
      Path results = scratch.resolve("died-" + SmallStudies.name(study) + folder);
      while (died(study, results, random.nextInt(changes.getOrDefault(study, 0)))) {
        deaths++;
      }
      requireSame(study, results, deaths + " deaths");
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void processesKilledAtSeededMomentsLeaveTheSameTable(String study)
      throws IOException, InterruptedException {
    Random random = random(study);
    int wanted = KILLS / STUDIES;
    int kills = 0;
    for (int folder = 0; kills < wanted; folder++) {
      Path results = scratch.resolve("killed-" + SmallStudies.name(study) + folder);
      for (int i = 0; i < 3 && kills < wanted && killed(study, results, random); i++) {
        kills++;
      }
      assertThat(studies.run(study, results.toString()).status()).isZero();
      requireSame(study, results, kills + " kills");
    }
  }

  /** One life of a driver; whether it ended in death. */
  private boolean died(String study, Path results, int after)
      throws IOException, InterruptedException {
    Life life = MortalFileSystem.life(after);
    int status = -1;
    try {
      status = studies.run(study, life.uri(results)).status();
    } catch (RuntimeException | IOException e) {
      if (!life.dead()) {
        throw e;
      }
    }
    if (life.dead()) {
      bury(results.resolve("studies/" + SmallStudies.name(study)));
      return true;
    }
    assertThat(status).isZero();
    return false;
  }

  /**
   * The process that holds the lease lives on, but its driver does not: as another process's. What
   * it was just writing says nothing of it, and counts until its time is over.
   */
  private static void bury(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().startsWith("lease")) {
          String text = Files.readString(file);
          Files.writeString(file, text.replaceFirst("started=.*", "started=2000-01-01T00:00:00Z"));
          Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        }
      }
    }
  }

  /** One process; whether it was killed before it ended. */
  private boolean killed(String study, Path results, Random random)
      throws IOException, InterruptedException {
    long files = resultFiles(results) + random.nextInt(12);
    int more = random.nextInt(100);
    Launcher.Running running =
        Launcher.sieve(
            scratch, "run", "-c", studies.file(study).toString(), "results.dir=" + results);
    while (running.process().isAlive() && resultFiles(results) <= files) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    TimeUnit.MILLISECONDS.sleep(more); // a moment between two files
    boolean alive = running.process().isAlive();
    running.process().destroyForcibly().waitFor();
    if (!alive) {
      assertThat(running.process().exitValue()).as(running.printed()).isZero();
    }
    return alive;
  }

  private void requireSame(String study, Path results, String how) {
    assertThat(studies.table(results)).as("%s, seed %s", how, seed).isEqualTo(expected.get(study));
    if (study.equals(SmallStudies.LEVELS)) {
      assertThat(rowFiles(results)).as("compacted").hasSize(1);
    }
  }

  private static List<Path> rowFiles(Path results) {
    try (Stream<Path> files = Files.list(results.resolve("trial_rows/levels"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files of results, hidden ones and checkpoints too: each new one is a moment. */
  private static long resultFiles(Path results) {
    try (Stream<Path> files = Files.walk(results)) {
      return files.count();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private Random random(String study) {
    return new Random(seed + SmallStudies.name(study).hashCode());
  }
}
