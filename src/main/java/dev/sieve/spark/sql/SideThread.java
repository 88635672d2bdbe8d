package dev.sieve.spark.sql;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done by another thread while this one waits for it, however long it takes: a machine
 * may be busy or slow. Only where the other thread waits for a lock that this one holds will it
 * never end, which is found by who holds what and not by the time that has passed.
 */
final class SideThread {
  private static final Logger LOG = LoggerFactory.getLogger(SideThread.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Between two looks at who holds what. */
  private final Duration look;

  /** After so long, and so long again, a line says what the time is spent in. */
  private final Duration patience;

  SideThread(Duration look, Duration patience) {
    this.look = look;
    this.patience = patience;
  }

  /** The work waits for a lock that is not given back before it has ended. */
  static final class LockedException extends Exception {
    LockedException(String chain) {
      super(chain);
    }
  }

  /**
   * Runs the work to its end; an interrupt is kept for later.
   *
   * @return what the work threw, or null
   * @throws LockedException if the work can never end; it may go on once the lock is given back
   */
  @Nullable Throwable run(String name, Runnable work) throws LockedException {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(work, name);
    thread.setUncaughtExceptionHandler((of, e) -> failure.set(e));
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      long begun = System.nanoTime();
      long said = begun;
      String before = "";
      while (thread.isAlive()) {
        try {
          TimeUnit.NANOSECONDS.timedJoin(thread, look.toNanos());
        } catch (InterruptedException e) {
          interrupted = true;
        }
        String chain = lockedBy(Thread.currentThread(), thread);
        if (!chain.isEmpty() && chain.equals(before)) {
          throw new LockedException(chain);
        }
        before = chain;
        if (System.nanoTime() - said >= patience.toNanos()) {
          said = System.nanoTime();
          LOG.warn(
              "{} has not ended after {} s, and is waited for; it is in {}",
              name,
              TimeUnit.NANOSECONDS.toSeconds(said - begun),
              place(thread));
        }
      }
      return failure.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * By which locks a thread waits for another that waits for it; empty where it does not. Threads
   * are looked at one after the other, so only a chain that is found twice is one.
   */
  private static String lockedBy(Thread holder, Thread thread) {
    StringBuilder chain = new StringBuilder();
    long id = thread.getId();
    for (int hops = 0; hops < 32; hops++) {
      ThreadInfo info = THREADS.getThreadInfo(id);
      if (info == null || info.getLockOwnerId() < 0) {
        return "";
      }
      chain.append(
          "%s waits for %s, which %s holds; "
              .formatted(info.getThreadName(), info.getLockName(), info.getLockOwnerName()));
      if (info.getLockOwnerId() == holder.getId()) {
        return chain.substring(0, chain.length() - 2);
      }
      id = info.getLockOwnerId();
    }
    return "";
  }

  private static String place(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length == 0 ? "its last step" : stack[0].toString();
  }
}
