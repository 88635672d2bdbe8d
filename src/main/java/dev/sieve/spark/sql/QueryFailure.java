package dev.sieve.spark.sql;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a statement asked of Spark's own functions that they cannot do, such as a text of 2 GB. */
final class QueryFailure {
  /** A task's failure as the driver has it: text, with the exception's first line and trace. */
  private static final Pattern TASK =
      Pattern.compile(
          "Job aborted .*?\\): ([\\w.$]+(?:Exception|Error)[^\\n]*)(.*)", Pattern.DOTALL);

  private QueryFailure() {}

  /** The failure in one line; null where it is another's than the statement's. */
  static @Nullable String of(Throwable thrown) {
    Throwable root = thrown;
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      Matcher task = TASK.matcher(String.valueOf(at.getMessage()));
      if (task.find() && !ours(task.group(2))) {
        return task.group(1);
      }
      root = at;
    }
    return root instanceof RuntimeException && !(root.getCause() instanceof IOException)
        ? bySpark(root)
        : null;
  }

  /** Whether a task's trace, without the driver's that follows it, leads through Sieve. */
  private static boolean ours(String trace) {
    int driver = trace.indexOf("Driver stacktrace");
    String task = driver < 0 ? trace : trace.substring(0, driver);
    return task.contains("dev.sieve.") || task.contains("java.io.");
  }

  private static @Nullable String bySpark(Throwable root) {
    for (StackTraceElement frame : root.getStackTrace()) {
      if (frame.getClassName().startsWith("dev.sieve.")) {
        return null;
      }
      if (frame.getClassName().startsWith("org.apache.spark.")) {
        return root.toString().lines().findFirst().orElse("");
      }
    }
    return null;
  }
}
