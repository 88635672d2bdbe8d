package dev.sieve.spark.task;

import java.time.Duration;
import org.apache.spark.SparkContext;

/** Tasks that can run at the same time. Executors come and go, and it follows. */
final class Slots {
  private static final Duration FIRST_EXECUTOR = Duration.ofSeconds(15);

  private Slots() {}

  /** By the cores of all executors that have registered; on a cluster the first is waited for. */
  static int of(SparkContext context) {
    waitForFirstExecutor(context);
    int cpus = context.conf().getInt("spark.task.cpus", 1);
    return Math.max(1, context.defaultParallelism() / cpus);
  }

  private static void waitForFirstExecutor(SparkContext context) {
    long deadline = System.nanoTime() + FIRST_EXECUTOR.toNanos();
    // The driver counts as one.
    while (!context.isLocal()
        && !context.isStopped()
        && context.statusTracker().getExecutorInfos().length < 2
        && System.nanoTime() < deadline) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
