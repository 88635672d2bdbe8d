package dev.sieve.app.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM where there is nothing to keep: the process ends with one line. Left to the
 * JVM, Spark's hooks would take the session from under the command, which would print that as a
 * fault. {@link StopSignals} takes over while trials are trained.
 */
public final class EndedByUser {
  private static final AtomicBoolean ENDING = new AtomicBoolean();

  private EndedByUser() {}

  /** From here on. */
  public static void listen(PrintStream err) {
    for (String name : new String[] {"INT", "TERM"}) {
      Signal.handle(new Signal(name), signal -> end(err));
    }
  }

  private static void end(PrintStream err) {
    if (ENDING.getAndSet(true)) {
      Runtime.getRuntime().halt(ExitStatus.INTERRUPTED);
    }
    err.println("sieve: stopped");
    System.exit(ExitStatus.INTERRUPTED);
  }

  /** Whether the process is ending, and nothing that fails says anything to anybody. */
  public static boolean ending() {
    return ENDING.get();
  }
}
