package dev.sieve.spark.task;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Hears what becomes of the tasks of a job. The exception that a job ends with says why its last
 * attempt was lost too, but in a text for people, under a stack trace; and a job that is cancelled
 * returns at once, while its tasks still write what they have.
 */
final class JobListener extends SparkListener {
  /** Spark's property of a job that names its group. */
  private static final String GROUP = "spark.jobGroup.id";

  /** Spark's events come later than its exceptions. */
  private static final Duration LATE = Duration.ofSeconds(5);

  private static final long LOOK_MILLIS = 200;

  /** The attempts of one job. */
  static final class Job {
    private static final int NONE = -1;

    private final Set<Long> running = new HashSet<>();
    private int id = NONE;
    private boolean ended;
    private boolean forgotten;
    private int lost;
    private @Nullable TaskFailedReason last;

    private synchronized void started(int job) {
      id = job;
    }

    private synchronized void taskStarted(long task) {
      running.add(task);
    }

    private synchronized void taskEnded(long task, TaskEndReason reason) {
      running.remove(task);
      if (!ended
          && reason instanceof TaskFailedReason failed
          && failed.countTowardsTaskFailures()) {
        lost++;
        last = failed;
      }
      notifyAll();
    }

    private synchronized void ended(int job) {
      if (job == id) {
        ended = true;
        notifyAll();
      }
    }

    private synchronized void forgotten() {
      forgotten = true;
    }

    /** Whether nothing will come any more, and nobody asks. */
    private synchronized boolean over() {
      return forgotten && ended && running.isEmpty();
    }

    /** Attempts that were lost before the job's end. */
    synchronized int lost() {
      return lost;
    }

    /** Why the last one was, in one line; null where nothing was heard. */
    synchronized @Nullable String reason() {
      return last == null ? null : words(last);
    }

    /** Whether the last attempt ended by an exception of this class. */
    synchronized boolean endedBy(Class<? extends Exception> type) {
      return last instanceof ExceptionFailure failure && failure.className().equals(type.getName());
    }

    /**
     * Waits until the job's end is heard, for a while.
     *
     * @param silent whether nothing will be heard any more
     */
    synchronized void awaitEnd(BooleanSupplier silent) {
      await(() -> ended, LATE, silent);
    }

    /** Waits until none of its tasks runs, at most so long. */
    synchronized void awaitTasks(Duration atMost, BooleanSupplier silent) {
      await(running::isEmpty, atMost, silent);
    }

    private synchronized void await(
        BooleanSupplier condition, Duration atMost, BooleanSupplier silent) {
      long deadline = System.nanoTime() + atMost.toNanos();
      while (!condition.getAsBoolean()
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
  }

  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Map<Integer, Job> byStage = new ConcurrentHashMap<>();

  /** From now on it listens to a job, by its job group. */
  Job of(String group) {
    return jobs.computeIfAbsent(group, name -> new Job());
  }

  /** Nobody will ask for a job again, but {@link #awaitTasks}. */
  void forget(String group) {
    Job job = jobs.get(group);
    if (job != null) {
      job.forgotten();
    }
    removeOver();
  }

  private void removeOver() {
    jobs.values().removeIf(Job::over);
    byStage.values().removeIf(Job::over);
  }

  /**
   * Waits until no task of any job runs, at most so long: Spark goes on with an attempt beside
   * another one for a moment after that one's success.
   *
   * @param silent whether nothing will be heard any more
   */
  void awaitTasks(Duration atMost, BooleanSupplier silent) {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (Job job : jobs.values()) {
      job.awaitTasks(Duration.ofNanos(deadline - System.nanoTime()), silent);
    }
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    Object group = start.properties() == null ? null : start.properties().get(GROUP);
    Job job = group == null ? null : jobs.get(group.toString());
    if (job != null) {
      job.started(start.jobId());
      CollectionConverters.asJava(start.stageInfos())
          .forEach(stage -> byStage.put(stage.stageId(), job));
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    Job job = byStage.get(start.stageId());
    if (job != null) {
      job.taskStarted(start.taskInfo().taskId());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    Job job = byStage.get(end.stageId());
    if (job != null) {
      job.taskEnded(end.taskInfo().taskId(), end.reason());
      removeOver();
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    jobs.values().forEach(job -> job.ended(end.jobId()));
    removeOver();
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
