package dev.sieve.app.cli;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM where there is nothing to keep: the process ends with one line. Left to the
 * JVM, Spark's hooks would take the session from under the command, which would print that as a
 * fault. Those of a study take over while trials are trained.
 */
public final class EndedByUser {
  private static volatile @Nullable StopSignals signals;

  private EndedByUser() {}

  /** From here on. */
  public static void listen(PrintStream err) {
    signals =
        new StopSignals(
            () -> {
              err.println("sieve: stopped");
              System.exit(ExitStatus.INTERRUPTED);
            });
  }

  /** Whether the process is ending, and nothing that fails says anything to anybody. */
  public static boolean ending() {
    StopSignals heard = signals;
    return heard != null && heard.received();
  }
}
