package dev.sieve.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.DataSet;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.training.StorageException;
import dev.sieve.training.TrainingListener;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors that die, or fail what runs on them. */
@Timeout(480)
final class LostExecutorIT {
  @TempDir private Path scratch;
  private final Map<String, String> before = new HashMap<>();

  @BeforeEach
  void cluster() {
    // Another test's session would be taken for the cluster.
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
    }
    set("spark.executor.memory", "512m");
    set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
  }

  private void set(String key, String value) {
    before.put(key, System.setProperty(key, value));
  }

  @AfterEach
  void restore() {
    before.forEach(
        (key, value) -> {
          if (value == null) {
            System.clearProperty(key);
          } else {
            System.setProperty(key, value);
          }
        });
  }

  /**
   * A cluster of one host with one executor; as few attempts as executors have to be started for.
   */
  @Test
  void aTrialIsLostByItsOwnLossesOnly() throws Exception {
    set("spark.master", "local-cluster[1,2,1024]");
    set("spark.task.maxFailures", "1");
    Map<Integer, TrialOutcome> outcomes =
        run(
            new Deadly(scratch.toString()),
            Fixtures.group(trial(0)),
            Fixtures.group(trial(1), trial(2)),
            Fixtures.group(trial(3)),
            Fixtures.group(trial(4)));
    assertThat(outcomes).hasSize(5);
    TrialResult killer = Objects.requireNonNull(outcomes.get(0)).result();
    assertThat(killer.status()).isEqualTo(Status.LOST);
    assertThat(killer.error())
        .startsWith("lost after 2 attempts, the last: executor ")
        .contains(" died (")
        .hasLineCount(1);
    for (int other = 1; other <= 4; other++) {
      TrialOutcome outcome = Objects.requireNonNull(outcomes.get(other));
      assertThat(outcome.result().status()).as("trial %s", other).isEqualTo(Status.DONE);
    }
    // It was out of memory once.
    assertThat(Objects.requireNonNull(outcomes.get(3)).run().attempt()).isEqualTo(1);
  }

  @Test
  @Tag("faults")
  void theNextAttemptAvoidsTheExecutorThatLostTheLast() throws Exception {
    set("spark.master", "local-cluster[2,1,1024]");
    Map<Integer, TrialOutcome> outcomes =
        run(new BadPlace(scratch.toString()), Fixtures.group(trial(0)));

    TrialOutcome outcome = Objects.requireNonNull(outcomes.get(0));
    assertThat(outcome.result().status()).isEqualTo(Status.DONE);
    assertThat(outcome.run().attempt()).isEqualTo(1);
    assertThat(outcome.run().executor()).isNotEqualTo(Files.readString(scratch.resolve("bad")));
  }

  private Map<Integer, TrialOutcome> run(GroupTrainer training, TrialGroup... groups)
      throws InterruptedException, IOException {
    Map<Integer, TrialOutcome> outcomes = new HashMap<>();
    DataSet data = Fixtures.data();
    CheckpointFolder none =
        new CheckpointFolder(new Configuration(), scratch.toString(), data.fingerprint());
    try (SparkSession spark = SieveSession.open("lost", scratch.toString());
        SparkTrialExecutor executor =
            new SparkTrialExecutor(spark, data, training, Duration.ofMinutes(2), none)) {
      for (TrialGroup group : groups) {
        executor.submit(group);
      }
      while (executor.pending() > 0) {
        executor
            .await(Duration.ofSeconds(60))
            .forEach(outcome -> outcomes.put(outcome.trial().ordinal(), outcome));
      }
    }
    return outcomes;
  }

  /** One that never pauses. */
  private static Trial trial(int ordinal) {
    Trial stage = Fixtures.trial(ordinal, 0, 0.1 + ordinal);
    return new Trial(stage.key(), ordinal, stage.configuration(), stage.settings(), stage.seed());
  }

  private static List<TrialResult> done(TrialGroup group) {
    TrialResult done =
        new TrialResult(Status.DONE, 0, 1, null, null, null, List.of(), null, null, null, null);
    return Collections.nCopies(group.size(), done);
  }

  private interface Fake extends GroupTrainer {
    @Override
    default String provider() {
      return "fake";
    }

    @Override
    default int vectorBits() {
      return 64;
    }
  }

  /** The executor that runs a group first is one where none can. */
  private record BadPlace(String dir) implements Fake {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      String here = SparkEnv.get().executorId();
      Path bad = Path.of(dir, "bad");
      try {
        if (!Files.exists(bad)) {
          Files.writeString(bad, here);
        }
        if (Files.readString(bad).equals(here)) {
          throw new StorageException("this executor's disk is full");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return done(group);
    }
  }

  /**
   * Trial 0 ends its JVM whenever it runs, while trials 1 and 2 train in it; trial 3 finds too
   * little memory the first time.
   */
  private record Deadly(String dir) implements Fake {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      int ordinal = group.first().ordinal();
      if (ordinal == 0) {
        assertThat(SparkEnv.get().executorId()).isNotEqualTo("driver");
        await("trial1", 20);
        Runtime.getRuntime().halt(52);
      }
      if (ordinal == 1 && once("trial1")) {
        await("never", 60);
      }
      if (ordinal == 3 && once("trial3")) {
        List<long[]> all = new ArrayList<>();
        while (all.size() < 1000) {
          all.add(new long[16 << 20]);
        }
      }
      return done(group);
    }

    /** Whether nobody was here before. */
    private boolean once(String name) {
      try {
        Files.createFile(Path.of(dir, name));
        return true;
      } catch (java.nio.file.FileAlreadyExistsException e) {
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void await(String name, int seconds) {
      long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      while (!Files.exists(Path.of(dir, name)) && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
    }
  }
}
