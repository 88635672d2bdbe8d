package dev.sieve.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SideThreadTest {
  /** As if every look came two minutes after the one before. */
  private final SideThread side = new SideThread(Duration.ofNanos(1), Duration.ofHours(1));

  /** Whoever waits looks again and again; the work ends after it has been looked at so often. */
  @Test
  void workThatTakesLongIsWaitedFor() throws Exception {
    Thread waiting = Thread.currentThread();
    AtomicBoolean done = new AtomicBoolean();
    assertThat(
            side.run(
                "slow",
                () -> {
                  long before = waits(waiting);
                  while (waits(waiting) < before + 100) {
                    Thread.onSpinWait();
                  }
                  done.set(true);
                }))
        .isNull();
    assertThat(done).isTrue();
  }

  /** The lock is another thread's, which is slow but gives it back. */
  @Test
  void aLockThatIsGivenBackIsWaitedFor() throws Exception {
    Object lock = new Object();
    CountDownLatch held = new CountDownLatch(1);
    Thread[] worker = new Thread[1];
    CountDownLatch started = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              synchronized (lock) {
                held.countDown();
                awaitQuietly(started);
                while (worker[0].getState() != Thread.State.BLOCKED) {
                  Thread.onSpinWait();
                }
              }
            });
    other.start();
    held.await();
    assertThat(
            side.run(
                "behind another",
                () -> {
                  worker[0] = Thread.currentThread();
                  started.countDown();
                  synchronized (lock) {
                    assertThat(Thread.holdsLock(lock)).isTrue();
                  }
                }))
        .isNull();
    other.join();
  }

  @Test
  void aLockOfTheOneThatWaitsIsFound() throws Exception {
    Object lock = new Object();
    CountDownLatch ended = new CountDownLatch(1);
    synchronized (lock) {
      assertThatThrownBy(
              () ->
                  side.run(
                      "locked out",
                      () -> {
                        synchronized (lock) {
                          ended.countDown();
                        }
                      }))
          .isInstanceOf(SideThread.LockedException.class)
          .hasMessageMatching(
              "locked out waits for java.lang.Object@\\w+, which %s holds"
                  .formatted(Thread.currentThread().getName()));
    }
    assertThat(ended.await(30, TimeUnit.SECONDS)).as("goes on once it may").isTrue();
  }

  /** The work waits for a thread that waits for what the waiting one holds. */
  @Test
  void aChainOfLocksIsFound() throws Exception {
    ReentrantLock first = new ReentrantLock();
    Object second = new Object();
    CountDownLatch held = new CountDownLatch(1);
    first.lock();
    Thread other =
        new Thread(
            () -> {
              synchronized (second) {
                held.countDown();
                first.lock();
                first.unlock();
              }
            },
            "between");
    other.start();
    held.await();
    assertThatThrownBy(
            () ->
                side.run(
                    "far out",
                    () -> {
                      synchronized (second) {
                        Thread.onSpinWait();
                      }
                    }))
        .isInstanceOf(SideThread.LockedException.class)
        .hasMessageContaining("which between holds; between waits for");
    first.unlock();
    other.join();
  }

  @Test
  void whatTheWorkThrowsIsHandedOver() throws Exception {
    StackOverflowError thrown = new StackOverflowError("deep");
    assertThat(
            side.run(
                "failing",
                () -> {
                  throw thrown;
                }))
        .isSameAs(thrown);
  }

  @Test
  void anInterruptIsKeptForLater() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread.currentThread().interrupt();
    assertThat(side.run("undisturbed", () -> done.set(true))).isNull();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).isTrue();
  }

  /** How often a thread has begun to wait. */
  private static long waits(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId()).getWaitedCount();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
