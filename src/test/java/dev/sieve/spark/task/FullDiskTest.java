package dev.sieve.spark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sieve.search.definition.SearchSettings;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints on a small disk of their own. */
@Timeout(60)
final class FullDiskTest {
  private static final int DISK = 128 << 10;

  @TempDir private Path disk;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", disk.toString()),
        "skipped: no disk of its own may be mounted here");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", disk.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  @Test
  void aTrialWhoseCheckpointFindsNoRoomIsLostAndTrainsAgainToTheSameResult() throws Exception {
    Trial whole = Fixtures.trial(0, 0, 0.1);
    Trial trial =
        new Trial(whole.key(), 0, whole.configuration(), whole.settings(), 1, new Stage(0, 0, 3));
    try (SparkTrialExecutor executor =
        new SparkTrialExecutor(
            SharedSpark.session(),
            Fixtures.data(),
            "vector",
            new SearchSettings(1, 0, 0, 0, Duration.ofMinutes(1)),
            disk.toString())) {
      TrialResult undisturbed = train(executor, trial);
      assertThat(undisturbed.status()).isEqualTo(Status.PAUSED);
      executor.forget(java.util.List.of(trial.key()));

      Path rest = disk.resolve("rest");
      fill(rest);
      TrialResult lost = train(executor, trial);
      assertThat(lost.status()).isEqualTo(Status.LOST);
      assertThat(lost.error())
          .contains("No space left on device", "that of trial 0 (configuration ", ", replicate 0)")
          .doesNotContain("TrialKey[")
          .hasLineCount(1);

      Files.delete(rest);
      assertThat(train(executor, trial)).usingRecursiveComparison().isEqualTo(undisturbed);
    }
  }

  /** Every group meets it: it is told once, so no name of a file and no figure may be in it. */
  @Test
  void theSameTroubleOfTwoTrialsHasTheSameText() throws Exception {
    CheckpointFolder folder = new CheckpointFolder(new Configuration(), disk.toString(), "f");
    fill(disk.resolve("rest"));
    for (int replicate = 0; replicate < 2; replicate++) {
      TrialKey key = Fixtures.trial(0, replicate, 0.1).key();
      assertThatThrownBy(() -> folder.writeProgress(key, new byte[8192]))
          .hasMessage("No space left on device");
      assertThatThrownBy(() -> folder.write(key, new byte[8192]))
          .hasMessageContaining("-r%s-rung0-f failed: No space".formatted(replicate))
          .hasMessageContaining("free there: 0.0 MB");
    }
  }

  /** Leaves room for a file's name alone. */
  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < DISK; i += 512) {
        out.write(new byte[512]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static TrialResult train(SparkTrialExecutor executor, Trial trial)
      throws InterruptedException {
    executor.submit(Fixtures.group(trial));
    return executor.await(Duration.ofSeconds(30)).get(0).result();
  }
}
