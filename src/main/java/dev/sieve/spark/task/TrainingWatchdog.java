package dev.sieve.spark.task;

import dev.sieve.training.StorageException;
import dev.sieve.training.TrainingListener;
import dev.sieve.training.TrainingStoppedException;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Runs a group's training on a thread of its own and watches it: an exception becomes a result,
 * unless the machine or the storage is to blame, a training without a step for too long is given
 * up, a killed task stops its training. The thread is what makes the second possible, since Java
 * cannot end a thread that does not listen: the task goes on without it and its core is lost until
 * the JVM ends.
 */
final class TrainingWatchdog implements TrainingListener {
  private static final long LOOK_MILLIS = 100;

  /** How long a training that is given up may take to end until it is left behind. */
  private static final long GRACE_MILLIS = 5_000;

  /**
   * How long one that was asked to stop may take to come to its next step and keep what it has. It
   * is not interrupted before: that would cut its files off.
   */
  static final long KEEP_MILLIS = 30_000;

  private final int trials;
  private final Duration hangTimeout;
  private final BooleanSupplier killed;
  private volatile long lastStep = System.nanoTime();
  private volatile boolean stop;

  /**
   * @param trials size of the group
   * @param hangTimeout longest time without a step; zero for no limit
   * @param killed whether Spark wants the task to end
   */
  TrainingWatchdog(int trials, Duration hangTimeout, BooleanSupplier killed) {
    this.trials = trials;
    this.hangTimeout = hangTimeout;
    this.killed = killed;
  }

  /**
   * One result a trial.
   *
   * @throws TrainingStoppedException if the task was killed
   * @throws RuntimeException if the machine or the storage failed, not the training: see {@link
   *     Infrastructure}
   */
  List<TrialResult> run(String name, Function<TrainingListener, List<TrialResult>> training) {
    FutureTask<List<TrialResult>> work = new FutureTask<>(() -> training.apply(this));
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    lastStep = System.nanoTime();
    start(thread);
    while (true) {
      try {
        return checked(work.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      } catch (TimeoutException stillRunning) {
        if (killed.getAsBoolean()) {
          keep(thread);
          throw new TrainingStoppedException();
        }
        Duration silent = Duration.ofNanos(System.nanoTime() - lastStep);
        if (!hangTimeout.isZero() && silent.compareTo(hangTimeout) > 0) {
          return hung(thread, silent);
        }
      } catch (ExecutionException e) {
        if (killed.getAsBoolean()) {
          throw new TrainingStoppedException();
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        RuntimeException trouble = Infrastructure.trouble(cause);
        if (trouble != null) {
          throw trouble;
        }
        return failed(stackTrace(cause));
      } catch (InterruptedException e) {
        keep(thread);
        throw new TrainingStoppedException();
      }
    }
  }

  @Override
  public void row(Trial trial, EpochMetrics row) {
    lastStep = System.nanoTime();
  }

  @Override
  public boolean stopRequested() {
    lastStep = System.nanoTime();
    return stop || killed.getAsBoolean();
  }

  private List<TrialResult> checked(List<TrialResult> results) {
    return results.size() == trials
        ? results
        : failed(
            "a training must return one result a trial, but got %s for %s"
                .formatted(results.size(), trials));
  }

  private List<TrialResult> failed(String error) {
    return Collections.nCopies(trials, TrialResult.failed(Status.FAILED, error));
  }

  private static void start(Thread thread) {
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      throw Infrastructure.outOfMemory(e);
    }
  }

  private List<TrialResult> hung(Thread thread, Duration silent) {
    StackTraceElement[] stack = thread.getStackTrace();
    String report = hangReport(stack, silent);
    end(thread);
    if (Infrastructure.waitsForStorage(stack)) {
      throw new StorageException(
          "a checkpoint must be read or written within search.hang-timeout = %s, but the storage has not answered for %s"
              .formatted(hangTimeout, Duration.ofMillis(silent.toMillis())));
    }
    return failed(report);
  }

  private String hangReport(StackTraceElement[] stack, Duration silent) {
    StringBuilder report =
        new StringBuilder(
            "a step must take at most search.hang-timeout = %s, but there was none for %s; the training was at"
                .formatted(hangTimeout, Duration.ofMillis(silent.toMillis())));
    for (StackTraceElement frame : stack) {
      report.append("\n\tat ").append(frame);
    }
    return report.toString();
  }

  private void keep(Thread thread) {
    stop = true;
    join(thread, KEEP_MILLIS);
    if (thread.isAlive()) {
      end(thread);
    }
  }

  private void end(Thread thread) {
    stop = true;
    thread.interrupt();
    join(thread, GRACE_MILLIS);
  }

  /** Spark interrupts a task that it kills, perhaps again and again: none of them ends the wait. */
  private static void join(Thread thread, long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    for (long left = millis; left > 0 && thread.isAlive(); ) {
      try {
        thread.join(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static String stackTrace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
