package dev.sieve.spark;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Hears what became of each attempt of a job. The exception that a job ends with says it too, but
 * in a text for people, under a stack trace.
 */
final class Attempts extends SparkListener {
  private static final Duration LATE = Duration.ofSeconds(5);

  /** The attempts of one job that were lost, and why the last was. */
  static final class Job {
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int lost;
    private volatile @Nullable TaskFailedReason last;

    private synchronized void lose(TaskFailedReason reason) {
      lost++;
      last = reason;
    }

    int lost() {
      return lost;
    }

    /** In one line; null where nothing was heard. */
    @Nullable String reason() {
      TaskFailedReason reason = last;
      return reason == null ? null : words(reason);
    }

    /** Whether the last attempt ended by an exception of this class. */
    boolean endedBy(Class<? extends Exception> type) {
      return last instanceof ExceptionFailure failure && failure.className().equals(type.getName());
    }

    /** Waits until all is heard: Spark's events come later than its exceptions. */
    void awaitEnd() throws InterruptedException {
      ended.await(LATE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Map<Integer, Job> byStage = new ConcurrentHashMap<>();
  private final Map<Integer, Job> byJob = new ConcurrentHashMap<>();

  /** From now on it listens to a job, by its job group. */
  Job of(String group) {
    return jobs.computeIfAbsent(group, name -> new Job());
  }

  void forget(String group) {
    Job job = jobs.remove(group);
    if (job != null) {
      byStage.values().remove(job);
      byJob.values().remove(job);
    }
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    Object group = start.properties() == null ? null : start.properties().get("spark.jobGroup.id");
    Job job = group == null ? null : jobs.get(group.toString());
    if (job != null) {
      byJob.put(start.jobId(), job);
      CollectionConverters.asJava(start.stageInfos())
          .forEach(stage -> byStage.put(stage.stageId(), job));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    Job job = byStage.get(end.stageId());
    TaskEndReason reason = end.reason();
    if (job != null
        && reason instanceof TaskFailedReason failed
        && failed.countTowardsTaskFailures()) {
      job.lose(failed);
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    Job job = byJob.remove(end.jobId());
    if (job != null) {
      byStage.values().remove(job);
      job.ended.countDown();
    }
  }

  private static String words(TaskFailedReason reason) {
    if (reason instanceof ExecutorLostFailure lost) {
      String why = lost.reason().isDefined() ? lost.reason().get() : "no reason given";
      return "executor %s died (%s)".formatted(lost.execId(), firstLine(why));
    }
    if (reason instanceof ExceptionFailure failure) {
      String text = failure.description() == null ? "" : firstLine(failure.description());
      boolean ours = failure.className().startsWith("dev.sieve.");
      return ours ? text : failure.className() + ": " + text;
    }
    return firstLine(reason.toErrorString());
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("");
  }
}
