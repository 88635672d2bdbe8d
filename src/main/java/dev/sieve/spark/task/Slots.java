package dev.sieve.spark.task;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkContext;

/** Tasks that can run at the same time. Executors come and go, and it follows. */
final class Slots {
  private static final Duration FIRST_EXECUTOR = Duration.ofSeconds(15);

  private final SparkContext context;
  private final BooleanSupplier cancelled;
  private boolean waited;

  /**
   * @param cancelled whether nobody waits any more
   */
  Slots(SparkContext context, BooleanSupplier cancelled) {
    this.context = context;
    this.cancelled = cancelled;
  }

  /**
   * By the cores of all executors that have registered; on a cluster the first is waited for, once.
   */
  int now() {
    if (!waited) {
      waitForFirstExecutor();
      waited = true;
    }
    if (context.isStopped()) {
      return 1; // whoever submits or waits says so
    }
    int cpus = context.conf().getInt("spark.task.cpus", 1);
    return Math.max(1, context.defaultParallelism() / cpus);
  }

  private void waitForFirstExecutor() {
    long deadline = System.nanoTime() + FIRST_EXECUTOR.toNanos();
    // The driver counts as one.
    while (!context.isLocal()
        && !context.isStopped()
        && !cancelled.getAsBoolean()
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
