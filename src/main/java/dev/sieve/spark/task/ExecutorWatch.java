package dev.sieve.spark.task;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Whether executors take work. Spark waits for them without a word and without an end, though each
 * may die before it has begun a task: a cluster without room is one thing, an executor that cannot
 * start another. Thread-safe.
 */
final class ExecutorWatch extends SparkListener {
  /** So long nothing is said. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** So long executors may go on to die, be it slowly. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final int DEATHS = 10;
  private static final int SLOW_DEATHS = 3;

  private final LongSupplier nanos;
  private final String application;
  private final Set<Long> tasks = new HashSet<>();

  /** Executors that have registered, and those of them that have begun a task. */
  private final Set<String> there = new HashSet<>();

  private final Set<String> dead = new HashSet<>();
  private int deaths;
  private String last = "";
  private boolean worked;
  private long since;
  private Duration nextLine = PATIENCE;

  /**
   * @param nanos a clock
   * @param application its name in the cluster
   */
  ExecutorWatch(LongSupplier nanos, String application) {
    this.nanos = nanos;
    this.application = application;
    restart();
  }

  /** There is work from now on. */
  synchronized void restart() {
    since = nanos.getAsLong();
    nextLine = PATIENCE;
    deaths = 0;
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded added) {
    there.add(added.executorId());
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    died(removed.executorId(), removed.reason());
  }

  /** What dies while others work is not counted: the tasks that it had say what they lost. */
  synchronized void died(String executor, String reason) {
    there.remove(executor);
    if (dead.add(executor) && tasks.isEmpty()) {
      deaths++;
      last = reason.strip().lines().findFirst().orElse("");
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    tasks.add(start.taskInfo().taskId());
    worked = true;
    restart();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    tasks.remove(end.taskInfo().taskId());
    restart();
  }

  /** Whether an executor has ever begun a task. */
  synchronized boolean worked() {
    return worked;
  }

  /** A line that is due now, for a user who waits; empty for none. */
  synchronized String line() {
    Duration idle = idle();
    if (idle.compareTo(nextLine) < 0) {
      return "";
    }
    nextLine = idle.multipliedBy(2);
    return "no executor has begun a task for " + words(idle) + ": " + whatIsKnown();
  }

  /** Why no work will ever be done; empty while it may. */
  synchronized String stuck() {
    Duration idle = idle();
    boolean hopeless =
        (deaths >= DEATHS && idle.compareTo(PATIENCE) >= 0)
            || (deaths >= SLOW_DEATHS && idle.compareTo(LONGEST) >= 0);
    return hopeless ? "executors die before they begin a task: " + whatIsKnown() : "";
  }

  /** In brackets: what died since work was done; empty for nothing. */
  synchronized String deaths() {
    return deaths == 0 ? "" : " (%s)".formatted(whoDied());
  }

  private String whoDied() {
    return "%s %s died, the last with: %s"
        .formatted(
            deaths == 1 ? "an executor" : deaths + " executors",
            deaths == 1 ? "has" : "have",
            last.isEmpty() ? "no reason given" : last);
  }

  private static String words(Duration idle) {
    return idle.toMinutes() < 2 ? idle.toSeconds() + " s" : idle.toMinutes() + " min";
  }

  private Duration idle() {
    return tasks.isEmpty() ? Duration.ofNanos(nanos.getAsLong() - since) : Duration.ZERO;
  }

  private String whatIsKnown() {
    String where =
        "the stderr of the executors of %s tells more (in the cluster's UI; of a worker of Spark's own in its folder work/)"
            .formatted(application);
    if (deaths > 0) {
      return whoDied() + "; " + where;
    }
    return there.isEmpty()
        ? "there is none; the cluster may have no room for one (spark.executor.memory, spark.executor.cores), or they cannot start: "
            + where
        : "%s registered; %s".formatted(there.size(), where);
  }
}
