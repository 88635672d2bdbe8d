package dev.sieve.spark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.spark.DriverOnlyFiles;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trials that pause and go on, through Spark and files. */
@Timeout(60)
final class CheckpointsTest {
  @TempDir private Path results;

  /** All four steps at once. */
  private static Trial whole(int ordinal, int replicate, double lambda) {
    Trial trial = Fixtures.trial(ordinal, replicate, lambda);
    return new Trial(trial.key(), ordinal, trial.configuration(), trial.settings(), trial.seed());
  }

  /** The part of a trial's four steps that a rung trains. */
  private static Trial stage(Trial whole, int rung) {
    TrialKey key = whole.key();
    return new Trial(
        new TrialKey(
            key.study(), key.phase(), key.level(), key.configuration(), key.replicate(), rung),
        whole.ordinal(),
        whole.configuration(),
        whole.settings(),
        whole.seed(),
        rung == 0 ? new Stage(0, 0, 3) : new Stage(1, 3, 4));
  }

  private SparkTrialExecutor executor(String engine) {
    return executor(engine, results.toString());
  }

  private static SparkTrialExecutor executor(String engine, String dir) {
    return new SparkTrialExecutor(
        SharedSpark.session(),
        Fixtures.data(),
        engine,
        new SearchSettings(1, 0, 0, 0, Duration.ofMinutes(1)),
        dir);
  }

  private static List<TrialResult> train(SparkTrialExecutor executor, Trial... trials)
      throws InterruptedException {
    executor.submit(Fixtures.group(trials));
    List<TrialOutcome> outcomes = executor.await(Duration.ofSeconds(30));
    assertThat(outcomes).hasSize(trials.length);
    return outcomes.stream().map(TrialOutcome::result).toList();
  }

  private List<String> checkpoints() throws IOException {
    Path folder = results.resolve("studies/demo/checkpoints");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "reference"})
  void aTrialOfTwoRungsIsOneTrainedAtOnce(String engine) throws Exception {
    Trial a = whole(0, 0, 0.1);
    Trial b = whole(1, 1, 0.2);
    try (SparkTrialExecutor executor = executor(engine)) {
      List<TrialResult> whole = train(executor, a, b);
      assertThat(checkpoints()).isEmpty();
      // Apart on the first rung, together on the second.
      TrialResult first = train(executor, stage(a, 0)).get(0);
      train(executor, stage(b, 0));
      assertThat(checkpoints())
          .containsExactlyInAnyOrder(
              "coarse-0-%s-r0-rung0-%s"
                  .formatted(a.key().configuration(), Fixtures.data().fingerprint()),
              "coarse-0-%s-r1-rung0-%s"
                  .formatted(b.key().configuration(), Fixtures.data().fingerprint()));
      List<TrialResult> second = train(executor, stage(b, 1), stage(a, 1));

      assertThat(first.status()).isEqualTo(Status.PAUSED);
      assertThat(second.get(0))
          .usingRecursiveComparison()
          .ignoringFields("curve")
          .isEqualTo(whole.get(1));
      List<EpochMetrics> rows = new ArrayList<>(first.curve());
      rows.addAll(second.get(1).curve());
      assertThat(rows).isEqualTo(whole.get(0).curve());
    }
  }

  @Test
  void whatIsForgottenIsTrainedAgain() throws Exception {
    Trial trial = whole(0, 0, 0.1);
    try (SparkTrialExecutor executor = executor("vector")) {
      train(executor, stage(trial, 0));
      TrialResult kept = train(executor, stage(trial, 1)).get(0);
      executor.forget(List.of(stage(trial, 0).key(), stage(trial, 1).key()));
      assertThat(checkpoints()).isEmpty();

      assertThat(train(executor, stage(trial, 1)).get(0))
          .usingRecursiveComparison()
          .isEqualTo(kept);
    }
  }

  @Test
  void executorsThatDoNotSeeTheFolderAreRefused() throws Exception {
    Configuration hadoop = SharedSpark.session().sparkContext().hadoopConfiguration();
    String key = "fs." + DriverOnlyFiles.SCHEME + ".impl";
    hadoop.set(key, DriverOnlyFiles.class.getName());
    String dir = DriverOnlyFiles.SCHEME + ":" + results;
    try (SparkTrialExecutor executor = executor("vector", dir)) {
      // Trials that never pause need no shared folder.
      assertThat(train(executor, whole(0, 0, 0.1)).get(0).status()).isEqualTo(Status.DONE);

      assertThatThrownBy(() -> executor.submit(Fixtures.group(stage(whole(0, 0, 0.1), 0))))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("results.dir must be a folder that all of them share")
          .hasMessageContaining("executor driver on ")
          .hasMessageContaining(dir + "/studies/demo/checkpoints (no such file)")
          .hasMessageContaining("for example hdfs://HOST/PATH, or leave out rungs");
      assertThat(executor.pending()).isZero();
      assertThat(checkpoints()).isEmpty();
    } finally {
      hadoop.unset(key);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefused() throws Exception {
    Files.writeString(results.resolve("studies"), "in the way");
    try (SparkTrialExecutor executor = executor("vector")) {
      assertThatThrownBy(() -> executor.submit(Fixtures.group(stage(whole(0, 0, 0.1), 0))))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("results.dir must be a folder that can be written to");
    }
  }

  @Test
  void settingsOfTheDriverReachExecutorsWithoutHadoopsDefaults() throws Exception {
    Configuration hadoop = new Configuration();
    hadoop.set("fs." + DriverOnlyFiles.SCHEME + ".impl", DriverOnlyFiles.class.getName());
    CheckpointFolder folder =
        new CheckpointFolder(hadoop, DriverOnlyFiles.SCHEME + ":" + results, "f");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(folder);

    CheckpointFolder shipped =
        (CheckpointFolder)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    shipped.writeMark("demo", "mark");

    assertThat(checkpoints()).contains("mark");
    assertThat(bytes.size()).isLessThan(4_000);
  }
}
