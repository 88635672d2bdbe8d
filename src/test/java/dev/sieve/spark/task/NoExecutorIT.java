package dev.sieve.spark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.trial.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clusters where no executor takes work. */
@Timeout(180)
final class NoExecutorIT {
  private static final List<String> KEYS =
      List.of(
          "spark.master",
          "spark.executor.memory",
          "spark.executor.extraJavaOptions",
          "spark.deploy.maxExecutorRetries");

  @TempDir private Path scratch;

  @BeforeEach
  void forgetSession() {
    // Another test's session would be taken for the cluster.
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
    }
    System.setProperty("spark.executor.memory", "512m");
  }

  @AfterEach
  void restore() {
    KEYS.forEach(System::clearProperty);
  }

  private SparkTrialExecutor executor(SparkSession spark) {
    return new SparkTrialExecutor(
        spark,
        Fixtures.data(),
        "vector",
        new SearchSettings(1, 0, 0, 0, Duration.ofMinutes(1)),
        scratch.toString(),
        Duration.ofMinutes(5));
  }

  /** One that never pauses. */
  private static Trial trial() {
    Trial stage = Fixtures.trial(0, 0, 0.1);
    return new Trial(stage.key(), 0, stage.configuration(), stage.settings(), stage.seed());
  }

  /** A cluster without a worker: Spark would wait for ever. */
  @Test
  void aStopEndsTheQuestionForTheSharedFolderAtOnceAndWithoutAWord() throws Exception {
    System.setProperty("spark.master", "local-cluster[0,1,1024]");
    AtomicBoolean cancelled = new AtomicBoolean();
    List<String> notes = new ArrayList<>();
    CheckpointFolder folder =
        new CheckpointFolder(new Configuration(), scratch.toString(), "fingerprint");
    try (SparkSession spark = SieveSession.open("none", scratch.toString())) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      ExecutorWatch watch = new ExecutorWatch(System::nanoTime, "app");
      SharedFolder shared = new SharedFolder(context, folder, true, watch, notes::add);
      CompletableFuture<Void> asked =
          CompletableFuture.runAsync(() -> shared.probe(trial(), "probe", 1, cancelled::get));
      while (context.statusTracker().getActiveJobIds().length == 0) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      cancelled.set(true);
      context.cancelJobGroup("probe");
      asked.get(5, TimeUnit.SECONDS);
      assertThat(notes).isEmpty();
    }
  }

  /** Tries of executors that Spark's own cluster makes before it ends the application. */
  private static void unstartable(String tries) {
    System.setProperty("spark.master", "local-cluster[1,1,1024]");
    System.setProperty("spark.executor.extraJavaOptions", "-agentlib:nosuch");
    System.setProperty("spark.deploy.maxExecutorRetries", tries);
  }

  @Test
  void whereSparkItselfGivesUpTheStudyEndsWithAMessage() throws IOException {
    unstartable("1");
    try (SparkSession spark = SieveSession.open("none", scratch.toString());
        SparkTrialExecutor executor = executor(spark)) {
      assertThatThrownBy(
              () -> {
                executor.submit(Fixtures.group(trial()));
                executor.await(Duration.ofSeconds(60));
              })
          .isInstanceOf(UserException.class)
          .hasMessageContaining("its context was stopped");
    }
  }

  /** Spark starts the next one without an end, and tells no listener. */
  @Test
  @Tag("faults")
  void executorsThatCannotStartAreToldOfAndAreTheEnd() throws Exception {
    unstartable("-1");
    try (SparkSession spark = SieveSession.open("none", scratch.toString());
        SparkTrialExecutor executor = executor(spark)) {
      executor.submit(Fixtures.group(trial()));
      List<String> notes = new ArrayList<>(executor.notes());
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (executor.stuck().isEmpty() && System.nanoTime() < deadline) {
        executor.await(Duration.ofMillis(100));
        notes.addAll(executor.notes());
      }
      notes.addAll(executor.notes());
      assertThat(executor.stuck())
          .contains("executors die before they begin a task: ")
          .contains(" executors have died, the last with: ");
      assertThat(notes).hasSize(1);
      assertThat(notes.get(0)).startsWith("no executor has begun a task for 3");
    }
  }
}
