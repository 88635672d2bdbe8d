package dev.sieve.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.apache.spark.scheduler.cluster.ExecutorInfo;
import org.junit.jupiter.api.Test;

/** Executors as Spark tells of them, on a clock of the test's own. */
final class ExecutorWatchTest {
  private long seconds;
  private final ExecutorWatch watch =
      new ExecutorWatch(() -> Duration.ofSeconds(seconds).toNanos(), "app-7");

  private void added(String executor) {
    watch.onExecutorAdded(
        new SparkListenerExecutorAdded(
            0,
            executor,
            new ExecutorInfo("host", 1, scala.collection.immutable.Map$.MODULE$.empty())));
  }

  private void removed(String executor) {
    watch.onExecutorRemoved(
        new SparkListenerExecutorRemoved(0, executor, "exited with code 1\n\n"));
  }

  private static TaskInfo task(long id) {
    return new TaskInfo(id, 0, 0, 0, 0, "1", "host", TaskLocality.ANY(), false);
  }

  private void begun(long task) {
    watch.onTaskStart(new SparkListenerTaskStart(0, 0, task(task)));
  }

  private void ended(long task) {
    watch.onTaskEnd(new SparkListenerTaskEnd(0, 0, "", null, task(task), null, null));
  }

  @Test
  void aClusterWithoutRoomIsToldOfMoreAndMoreSeldomAndWaitedForWithoutAnEnd() {
    StringBuilder told = new StringBuilder();
    for (; seconds <= 3600; seconds++) {
      told.append(watch.line().isEmpty() ? "" : seconds + " ");
      assertThat(watch.stuck()).isEmpty();
    }
    assertThat(told.toString()).isEqualTo("30 60 120 240 480 960 1920 ");
  }

  @Test
  void theLineSaysHowLongHowManyAndWhereToLook() {
    seconds = 29;
    assertThat(watch.line()).isEmpty();
    seconds = 31;
    assertThat(watch.line())
        .startsWith("no executor has begun a task for 31 s: there is none; the cluster may")
        .contains("stderr of the executors of app-7");
    added("0");
    removed("0");
    seconds = 180;
    assertThat(watch.line())
        .startsWith(
            "no executor has begun a task for 3 min: an executor has died, the last with: exited with code 1; the stderr")
        .hasLineCount(1);
  }

  @Test
  void tenThatDieBeforeTheyWorkAreTheEndAfterAWhile() {
    for (int i = 0; i < 10; i++) {
      assertThat(watch.stuck()).isEmpty();
      added("" + i);
      removed("" + i);
      watch.died("" + i, "told twice");
    }
    seconds = 29;
    assertThat(watch.stuck()).isEmpty();
    seconds = 30;
    assertThat(watch.stuck())
        .startsWith(
            "executors die before they begin a task: 10 executors have died, the last with: exited");
    begun(1);
    assertThat(watch.stuck()).isEmpty();
    assertThat(watch.worked()).isTrue();
  }

  @Test
  void aFewThatDieSlowlyAreTheEndAfterMinutes() {
    for (int i = 0; i < 3; i++) {
      removed("" + i);
    }
    seconds = 299;
    assertThat(watch.stuck()).isEmpty();
    seconds = 300;
    assertThat(watch.stuck()).contains("3 executors have died");
  }

  @Test
  void whatDiesWhileAnotherWorksIsNotCounted() {
    begun(1);
    for (int i = 0; i < 20; i++) {
      removed("" + i);
    }
    seconds = 1000;
    assertThat(watch.line() + watch.stuck()).isEmpty();
    ended(1);
    seconds = 1030;
    assertThat(watch.line()).contains("there is none");
    assertThat(watch.stuck()).isEmpty();
  }
}
