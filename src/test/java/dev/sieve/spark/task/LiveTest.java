package dev.sieve.spark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.DataSet;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.live.LiveGroup;
import dev.sieve.spark.live.LiveListener;
import dev.sieve.spark.live.LivePlugin;
import dev.sieve.training.TrainingListener;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveTest {
  private static volatile CountDownLatch seen = new CountDownLatch(1);

  @Test
  void aRunningGroupShowsItsEpochOnTheDriver() throws Exception {
    seen = new CountDownLatch(1);
    try (SparkTrialExecutor executor = Fixtures.executor(new Telling(), Duration.ofMinutes(1))) {
      executor.submit(Fixtures.group(Fixtures.trial(4, 0, 0.1)));
      LiveGroup group = null;
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while ((group == null || group.host().isEmpty()) && System.nanoTime() < deadline) {
        group = executor.live().stream().findFirst().orElse(group);
        Thread.onSpinWait();
      }
      if (group == null) {
        throw new AssertionError("no group was live");
      }
      assertThat(group.firstTrial()).isEqualTo(4);
      assertThat(group.trials()).isEqualTo(1);
      assertThat(group.epoch()).isEqualTo(1);
      assertThat(group.accuracy()).isEqualTo(0.25);
      seen.countDown();
      assertThat(executor.await(Duration.ofSeconds(30))).hasSize(1);
      assertThat(executor.live()).isEmpty();
    }
  }

  @Test
  void aChannelThatDoesNotTakeMessagesIsAskedOnce() {
    Trial trial = Fixtures.trial(0, 0, 0.1);
    List<LiveGroup> asked = new ArrayList<>();
    Rows rows = new Rows();
    LiveListener listener =
        new LiveListener(
            rows,
            group -> {
              asked.add(group);
              return false;
            },
            Fixtures.group(trial),
            "job");

    for (int epoch = 0; epoch < 5; epoch++) {
      listener.row(trial, row(epoch));
    }

    assertThat(asked).hasSize(1);
    assertThat(rows.count).isEqualTo(5);
  }

  @Test
  void rowsInQuickSuccessionAreNotAllSent() {
    Trial trial = Fixtures.trial(0, 0, 0.1);
    List<LiveGroup> asked = new ArrayList<>();
    LiveListener listener = new LiveListener(new Rows(), asked::add, Fixtures.group(trial), "job");
    long start = System.nanoTime();
    for (int epoch = 0; epoch < 1000; epoch++) {
      listener.row(trial, row(epoch));
    }
    long most = 1 + (System.nanoTime() - start) / 300_000_000;
    assertThat((long) asked.size()).isBetween(1L, most);
  }

  @Test
  void messagesAreReadAsTheyWereWritten() {
    LiveGroup group = new LiveGroup("sieve-1-2", "a host", 3, 8, 5, 20, 0.5125, 12.25);
    assertThat(LiveGroup.of(group.text())).isEqualTo(group);
    assertThatThrownBy(() -> LiveGroup.of("job\thost"))
        .hasMessage("a live message must have 8 fields, but got 2");
  }

  @Test
  void aDriverThatStandsStillDoesNotHoldTrainingUp() throws Exception {
    CountDownLatch stands = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    LivePlugin.receive(
        "still",
        group -> {
          stands.countDown();
          try {
            assertThat(release.await(50, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    GroupTrainer training =
        new EngineTrainer(
            "vector", new CheckpointFolder(new Configuration(), "target/none", "none"));
    TrialGroup group = Fixtures.group(whole(0, 0, 0.1), whole(1, 1, 0.2));
    try (SparkTrialExecutor executor = Fixtures.executor(training, Duration.ofMinutes(1))) {
      executor.submit(group);
      List<TrialResult> expected = results(executor);
      assertThat(LivePlugin.send(message("still-1"))).isTrue();
      assertThat(stands.await(30, TimeUnit.SECONDS)).isTrue();

      // Nobody reads messages from here on.
      for (int i = 0; i < 10_000; i++) {
        assertThat(LivePlugin.send(message("still-" + i))).isTrue();
      }
      executor.submit(group);
      assertThat(results(executor)).usingRecursiveComparison().isEqualTo(expected);
      assertThat(release.getCount()).isEqualTo(1);
    } finally {
      LivePlugin.forget("still");
      release.countDown();
    }
  }

  @Test
  void aDriverThatFailsOnAMessageTakesTheNext() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    LivePlugin.receive(
        "broken",
        group -> {
          throw new IllegalStateException("broken");
        });
    LivePlugin.receive("whole", group -> heard.countDown());
    try (SparkTrialExecutor running = Fixtures.executor(new Telling(), Duration.ofMinutes(1))) {
      assertThat(running.slots()).isEqualTo(2);
      assertThat(LivePlugin.send(message("broken-1"))).isTrue();
      assertThat(LivePlugin.send(message("whole-1"))).isTrue();
      assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      LivePlugin.forget("broken");
      LivePlugin.forget("whole");
    }
  }

  private static List<TrialResult> results(SparkTrialExecutor executor)
      throws InterruptedException {
    List<TrialOutcome> outcomes = executor.await(Duration.ofSeconds(30));
    assertThat(outcomes).hasSize(2);
    assertThat(outcomes).extracting(o -> o.result().status()).containsOnly(Status.DONE);
    return outcomes.stream().map(TrialOutcome::result).toList();
  }

  /** All four steps at once. */
  private static Trial whole(int ordinal, int replicate, double lambda) {
    Trial trial = Fixtures.trial(ordinal, replicate, lambda);
    return new Trial(trial.key(), ordinal, trial.configuration(), trial.settings(), trial.seed());
  }

  private static LiveGroup message(String job) {
    return new LiveGroup(job, "a host", 0, 1, 1, 2, 0.5, 1);
  }

  private static EpochMetrics row(int epoch) {
    Metrics figures = new Metrics(0.25, 1.5, 2);
    return new EpochMetrics(epoch, epoch, 0.1, figures, figures, null, false);
  }

  private static final class Rows implements TrainingListener {
    private int count;

    @Override
    public void row(Trial trial, EpochMetrics row) {
      count++;
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }

  /** Tells of one row, and ends when the test has seen it. */
  private record Telling() implements GroupTrainer {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      listener.row(group.first(), LiveTest.row(1));
      try {
        assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return List.of(
          new TrialResult(Status.DONE, 1, 1, null, null, null, List.of(), null, null, null, null));
    }

    @Override
    public String provider() {
      return "telling";
    }

    @Override
    public int vectorBits() {
      return 64;
    }
  }
}
