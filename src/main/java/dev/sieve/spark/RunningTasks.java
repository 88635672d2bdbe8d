package dev.sieve.spark;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which tasks of which jobs run. A job that is cancelled returns at once, while its tasks still
 * write what they have: whoever ends the process waits for these here.
 */
final class RunningTasks extends SparkListener {
  /** Spark's property of a job that names its group. */
  private static final String GROUP = "spark.jobGroup.id";

  private static final long LOOK_MILLIS = 200;

  private final Map<Integer, String> stages = new HashMap<>();
  private final Map<String, Set<Long>> tasks = new HashMap<>();

  /** From now on the tasks of a job are counted. */
  synchronized void expect(String job) {
    tasks.put(job, new HashSet<>());
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    Properties properties = start.properties();
    String job = properties == null ? null : properties.getProperty(GROUP);
    if (job != null && tasks.containsKey(job)) {
      for (Object stage : CollectionConverters.asJava(start.stageIds())) {
        stages.put((Integer) stage, job);
      }
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    Set<Long> running = of(start.stageId());
    if (running != null) {
      running.add(start.taskInfo().taskId());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    Set<Long> running = of(end.stageId());
    if (running != null) {
      running.remove(end.taskInfo().taskId());
      notifyAll();
    }
  }

  private @Nullable Set<Long> of(int stage) {
    String job = stages.get(stage);
    return job == null ? null : tasks.get(job);
  }

  /**
   * Waits until no task of a job runs, at most so long.
   *
   * @param silent whether nothing will be heard any more
   */
  synchronized void awaitEnd(String job, Duration atMost, BooleanSupplier silent) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!tasks.getOrDefault(job, Set.of()).isEmpty()
        && !silent.getAsBoolean()
        && System.nanoTime() - deadline < 0) {
      try {
        wait(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Nobody will ask for a job again. */
  synchronized void forget(String job) {
    tasks.remove(job);
    stages.values().removeIf(job::equals);
  }
}
