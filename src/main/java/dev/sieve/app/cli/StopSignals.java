package dev.sieve.app.cli;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C and SIGTERM: the first asks to stop, the second ends the process at once. A shutdown hook
 * would not do: Spark's own hooks would end the session while running groups still report.
 */
final class StopSignals implements AutoCloseable {
  private final Signal[] signals = {new Signal("INT"), new Signal("TERM")};
  private final SignalHandler[] before = new SignalHandler[signals.length];
  private final AtomicInteger count = new AtomicInteger();

  /**
   * @param stop what the first signal does, on a thread of its own
   */
  StopSignals(Runnable stop) {
    for (int i = 0; i < signals.length; i++) {
      before[i] = Signal.handle(signals[i], signal -> received(stop));
    }
  }

  private void received(Runnable stop) {
    if (count.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(ExitStatus.INTERRUPTED);
    }
    stop.run();
  }

  boolean received() {
    return count.get() > 0;
  }

  @Override
  public void close() {
    for (int i = 0; i < signals.length; i++) {
      Signal.handle(signals[i], before[i]);
    }
  }
}
