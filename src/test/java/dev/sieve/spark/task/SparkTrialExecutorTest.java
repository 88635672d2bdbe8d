package dev.sieve.spark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.DataSet;
import dev.sieve.kernel.Jvm;
import dev.sieve.spark.Fixtures;
import dev.sieve.training.StorageException;
import dev.sieve.training.TrainingListener;
import dev.sieve.training.TrainingStoppedException;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class SparkTrialExecutorTest {
  /** Tasks run in this JVM, so what they meet at can be static. */
  private static volatile CyclicBarrier barrier = new CyclicBarrier(1);

  private static volatile CountDownLatch started = new CountDownLatch(1);
  private static final AtomicInteger ENDED = new AtomicInteger();

  @BeforeEach
  void reset() {
    barrier = new CyclicBarrier(2);
    started = new CountDownLatch(1);
    ENDED.set(0);
  }

  @Test
  void outcomesCarryResultsInTheGroupsOrderAndWhereTheyRan() throws Exception {
    try (SparkTrialExecutor executor = executor(new Counting(), Duration.ofMinutes(1))) {
      executor.submit(Fixtures.group(Fixtures.trial(0, 0, 0.1), Fixtures.trial(1, 0, 0.2)));
      List<TrialOutcome> outcomes = next(executor);
      assertThat(outcomes).extracting(o -> o.trial().ordinal()).containsExactly(0, 1);
      assertThat(outcomes).extracting(o -> o.result().steps()).containsExactly(0L, 1L);
      assertThat(outcomes.get(0).run().executor()).isEqualTo("driver");
      assertThat(outcomes.get(0).run().attempt()).isZero();
      assertThat(outcomes.get(0).run().provider()).isEqualTo("counting");
      assertThat(outcomes.get(0).run().vectorBits()).isEqualTo(64);
      assertThat(outcomes.get(0).run().collector()).isEqualTo(Jvm.collector());
      assertThat(outcomes.get(0).run().compiler()).isEqualTo(Jvm.compiler());
      assertThat(outcomes.get(0).run().version()).isEqualTo("development");
      assertThat(outcomes.get(0).run().seconds()).isPositive();
      assertThat(executor.pending()).isZero();
    }
  }

  @Test
  void groupsRunSideBySideOnAllCores() throws Exception {
    try (SparkTrialExecutor executor = executor(new Meeting(), Duration.ofMinutes(1))) {
      assertThat(executor.slots()).isEqualTo(2);
      for (int i = 0; i < 4; i++) {
        executor.submit(Fixtures.group(Fixtures.trial(i, 0, 0.1 + i)));
      }
      assertThat(executor.pending()).isEqualTo(4);
      // Each waits for another: with one at a time none would ever end.
      for (int i = 0; i < 4; i++) {
        assertThat(next(executor).get(0).result().status()).isEqualTo(Status.DONE);
      }
    }
  }

  @Test
  void anExceptionFailsItsGroupWithTheStackTraceAndNoOther() throws Exception {
    try (SparkTrialExecutor executor = executor(new FailsOnOdd(), Duration.ofMinutes(1))) {
      executor.submit(Fixtures.group(Fixtures.trial(1, 0, 0.1), Fixtures.trial(3, 0, 0.2)));
      executor.submit(Fixtures.group(Fixtures.trial(2, 0, 0.3)));
      List<TrialOutcome> all = new ArrayList<>(next(executor));
      all.addAll(next(executor));
      for (TrialOutcome outcome : all) {
        if (outcome.trial().ordinal() == 2) {
          assertThat(outcome.result().status()).isEqualTo(Status.DONE);
        } else {
          assertThat(outcome.result().status()).isEqualTo(Status.FAILED);
          assertThat(outcome.result().error()).contains("odd ordinal", "\tat ", "FailsOnOdd");
          assertThat(outcome.run().attempt()).isZero();
        }
      }
      assertThat(all).hasSize(3);
    }
  }

  @Test
  void aTrainingWithoutAStepFailsAndSaysWhereItHung() throws Exception {
    try (SparkTrialExecutor executor = executor(new Hangs(), Duration.ofMillis(300))) {
      executor.submit(Fixtures.group(Fixtures.trial(0, 0, 0.1)));
      TrialResult result = next(executor).get(0).result();
      assertThat(result.status()).isEqualTo(Status.FAILED);
      assertThat(result.error()).contains("search.hang-timeout = PT0.3S", "Hangs.train");
    }
  }

  @Test
  void aTrainingThatTakesLongButStepsIsLeftAlone() throws Exception {
    try (SparkTrialExecutor executor = executor(new StepsOn(), Duration.ofMillis(400))) {
      executor.submit(Fixtures.group(Fixtures.trial(0, 0, 0.1)));
      assertThat(next(executor).get(0).result().status()).isEqualTo(Status.DONE);
    }
  }

  @Test
  void cancelEndsRunningGroupsAndStartsNoOther() throws Exception {
    try (SparkTrialExecutor executor = executor(new UntilStopped(), Duration.ofMinutes(1))) {
      for (int i = 0; i < 5; i++) {
        executor.submit(Fixtures.group(Fixtures.trial(i, 0, 0.1 + i)));
      }
      assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
      executor.cancel();
      executor.submit(Fixtures.group(Fixtures.trial(9, 0, 9)));
      while (executor.pending() > 0) {
        assertThat(executor.await(Duration.ofSeconds(10))).isEmpty();
      }
      long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
      while (ENDED.get() < 1 && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(ENDED.get()).isBetween(1, 2);
    }
  }

  @Test
  void withdrawnGroupsHaveNoOutcomesAndOthersRunAfterwards() throws Exception {
    try (SparkTrialExecutor executor = executor(new OnlyTheLast(), Duration.ofMinutes(1))) {
      for (int i = 0; i < 5; i++) {
        executor.submit(Fixtures.group(Fixtures.trial(i, 0, 0.1 + i)));
      }
      assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
      executor.withdraw();
      while (executor.pending() > 0) {
        assertThat(executor.await(Duration.ofSeconds(10))).isEmpty();
      }
      executor.submit(Fixtures.group(Fixtures.trial(9, 0, 9)));
      assertThat(next(executor)).extracting(o -> o.trial().ordinal()).containsExactly(9);
    }
  }

  @Test
  void aJobThatSparkGivesUpIsLostWithTheReason() throws Exception {
    try (SparkTrialExecutor executor = executor(new Unreadable(), Duration.ofMinutes(1))) {
      executor.submit(Fixtures.group(Fixtures.trial(0, 0, 0.1), Fixtures.trial(1, 0, 0.2)));
      List<TrialOutcome> outcomes = next(executor);
      assertThat(outcomes).hasSize(2);
      assertThat(outcomes.get(1).result().status()).isEqualTo(Status.LOST);
      assertThat(outcomes.get(1).result().error())
          .startsWith("its group (2 trials from trial 0 on) was lost after 1 attempt, the last: ")
          .contains("gone with its executor");
    }
  }

  /** Spark takes jobs over one RDD for dependent on each other, and ends all with the first. */
  @Test
  void aGroupThatIsLostTakesNoneInFlightWithIt() throws Exception {
    try (SparkTrialExecutor executor = executor(new FirstIsLost(), Duration.ofMinutes(1))) {
      executor.submit(Fixtures.group(Fixtures.trial(0, 0, 0.1)));
      executor.submit(Fixtures.group(Fixtures.trial(1, 0, 0.2)));
      TrialOutcome lost = next(executor).get(0);
      assertThat(lost.trial().ordinal()).isZero();
      assertThat(lost.result().status()).isEqualTo(Status.LOST);
      started.countDown();
      TrialOutcome other = next(executor).get(0);
      assertThat(other.trial().ordinal()).isEqualTo(1);
      assertThat(other.result().status()).isEqualTo(Status.DONE);
    }
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void troubleOfTheMachineIsLostInOneLineAndTheTrialsOwnIsFailed(
      Throwable thrown, Status status, String words) throws Exception {
    try (SparkTrialExecutor executor = executor(new Throws(thrown), Duration.ofMinutes(1))) {
      executor.submit(Fixtures.group(Fixtures.trial(0, 0, 0.1)));
      TrialResult result = next(executor).get(0).result();
      assertThat(result.status()).isEqualTo(status);
      assertThat(result.error()).contains(words);
      if (status == Status.LOST) {
        assertThat(result.error()).startsWith("lost after 1 attempt, the last: ").hasLineCount(1);
      }
    }
  }

  static List<Arguments> troubles() {
    return List.of(
        Arguments.of(new StorageException("disk full"), Status.LOST, "disk full"),
        Arguments.of(fullDisk(), Status.LOST, "No space left"),
        Arguments.of(new IllegalStateException(fullDisk()), Status.LOST, "the file system failed"),
        Arguments.of(new OutOfMemoryError("Java heap space"), Status.LOST, "--executor-memory"),
        Arguments.of(new InternalError("unsafe memory access"), Status.LOST, "unsafe memory"),
        Arguments.of(
            new NoClassDefFoundError("X").initCause(new ClassNotFoundException("X")),
            Status.LOST,
            "jar cannot be read"),
        Arguments.of(new StackOverflowError(), Status.FAILED, "StackOverflowError"),
        Arguments.of(new AssertionError("own"), Status.FAILED, "AssertionError: own"),
        Arguments.of(new UncheckedIOException(new IOException("own")), Status.FAILED, "own"),
        Arguments.of(new NoClassDefFoundError("own"), Status.FAILED, "own"));
  }

  /** As Hadoop's local file system throws it. */
  private static FSError fullDisk() {
    RawLocalFileSystem files = new RawLocalFileSystem();
    files.setConf(new Configuration());
    try (FSDataOutputStream out = files.create(new Path("/dev/full"))) {
      out.write(1);
    } catch (FSError e) {
      return e;
    } catch (IOException e) {
      throw new AssertionError("another exception than FSError", e);
    }
    throw new AssertionError("no exception");
  }

  @Test
  void aGroupThatGotNoThreadIsNotPending() {
    SparkTrialExecutor executor = executor(new Counting(), Duration.ofMinutes(1));
    executor.close();
    assertThatThrownBy(() -> executor.submit(Fixtures.group(Fixtures.trial(0, 0, 0.1))))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(executor.pending()).isZero();
  }

  @Test
  void awaitReturnsEmptyWhenTheTimeRunsOut() throws Exception {
    try (SparkTrialExecutor executor = executor(new Counting(), Duration.ofMinutes(1))) {
      assertThat(executor.await(Duration.ofMillis(1))).isEmpty();
      assertThat(executor.pending()).isZero();
    }
  }

  private static SparkTrialExecutor executor(GroupTrainer training, Duration hangTimeout) {
    return Fixtures.executor(training, hangTimeout);
  }

  private static List<TrialOutcome> next(SparkTrialExecutor executor) throws Exception {
    List<TrialOutcome> outcomes = executor.await(Duration.ofSeconds(30));
    assertThat(outcomes).isNotEmpty();
    return outcomes;
  }

  /** Steps tell the trials of a group apart. */
  private static List<TrialResult> results(TrialGroup group) {
    List<TrialResult> results = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      results.add(
          new TrialResult(Status.DONE, i, 1, null, null, null, List.of(), null, null, null, null));
    }
    return results;
  }

  /** The parts that every training here shares. */
  private interface Fake extends GroupTrainer {
    @Override
    default String provider() {
      return "counting";
    }

    @Override
    default int vectorBits() {
      return 64;
    }
  }

  private record Counting() implements Fake {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      assertThat(data.fingerprint()).isEqualTo(Fixtures.data().fingerprint());
      assertThat(data.training()).isEqualTo(4);
      return results(group);
    }
  }

  private record Meeting() implements Fake {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      try {
        barrier.await(20, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return results(group);
    }
  }

  private record FailsOnOdd() implements Fake {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      if (group.first().ordinal() % 2 == 1) {
        throw new IllegalStateException("odd ordinal");
      }
      return results(group);
    }
  }

  /** The second waits for the first to have been lost. */
  private record FirstIsLost() implements Fake {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      try {
        barrier.await(20, TimeUnit.SECONDS);
        if (group.first().ordinal() == 0) {
          throw new StorageException("disk full");
        }
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        throw new TrainingStoppedException();
      }
      return results(group);
    }
  }

  private record Throws(Throwable thrown) implements Fake {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      throw Throws.<RuntimeException>unchecked(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
      throw (E) thrown;
    }
  }

  private record Hangs() implements Fake {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new TrainingStoppedException();
      }
      return results(group);
    }
  }

  /** Three times as long as the test allows between two steps. */
  private record StepsOn() implements Fake {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      long end = System.nanoTime() + Duration.ofMillis(1200).toNanos();
      while (System.nanoTime() < end) {
        assertThat(listener.stopRequested()).isFalse();
        Thread.onSpinWait();
      }
      return results(group);
    }
  }

  private record UntilStopped() implements Fake {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      started.countDown();
      while (!listener.stopRequested()) {
        Thread.onSpinWait();
      }
      ENDED.incrementAndGet();
      throw new TrainingStoppedException();
    }
  }

  private record OnlyTheLast() implements Fake {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      return group.first().ordinal() == 9
          ? results(group)
          : new UntilStopped().train(group, data, listener);
    }
  }

  /** Cannot be read back on the executor, as a task whose infrastructure fails. */
  private static final class Unreadable implements Fake {
    private static final long serialVersionUID = 1;

    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      return results(group);
    }

    private void readObject(java.io.ObjectInputStream in) {
      throw new IllegalStateException("gone with its executor");
    }
  }
}
