package dev.sieve.spark.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A clock that stands still until it is told. */
final class TestClock extends Clock {
  private volatile Instant now = Instant.now();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile @Nullable Throwable fault;
  private int readings = -1;
  private Step step = () -> {};

  /** What happens between two readings. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** At one of the readings to come, something happens after the time was read. */
  void atReading(int number, Step what) {
    readings = number;
    step = what;
  }

  /** The next so many readings by the thread that renews leases fail. */
  void failInRenewals(int times, Throwable with) {
    fault = with;
    failures.set(times);
  }

  int failuresLeft() {
    return failures.get();
  }

  @Override
  public Instant instant() {
    Instant read = now;
    if (failures.get() > 0 && Thread.currentThread().getName().equals("sieve-lease")) {
      failures.decrementAndGet();
      TestClock.<RuntimeException>raise(fault);
    }
    if (--readings == 0) {
      try {
        step.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return read;
  }

  /** As file systems do, a checked one too. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void raise(@Nullable Throwable e) throws E {
    if (e != null) {
      throw (E) e;
    }
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
