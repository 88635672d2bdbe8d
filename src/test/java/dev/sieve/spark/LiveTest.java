package dev.sieve.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.DataSet;
import dev.sieve.training.TrainingListener;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Figures;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
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
    try (SparkTrialExecutor executor =
        new SparkTrialExecutor(
            SharedSpark.session(),
            Fixtures.data(),
            new Telling(),
            Duration.ofMinutes(1),
            new CheckpointFolder(new Configuration(), "target/none", "f"))) {
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

  private static EpochMetrics row(int epoch) {
    Figures figures = new Figures(0.25, 1.5, 2);
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
  private record Telling() implements GroupTraining {
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
