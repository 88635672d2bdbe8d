package dev.sieve.app.cli;

import java.io.File;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The file that takes what Spark and its libraries log as errors: conf/log4j2.properties. Of a
 * command that did not end well its place is told, if anything was logged meanwhile.
 */
public final class SparkLog {
  private final @Nullable File file;
  private final long before;

  /**
   * @param path the launcher's {@code SIEVE_LOG}
   */
  public SparkLog(@Nullable String path) {
    file = path == null ? null : new File(path);
    before = length();
  }

  public void tell(int status, PrintStream err) {
    if (file != null && status != ExitStatus.DONE && length() > before) {
      err.println("sieve: what Spark logged meanwhile stands at the end of " + file);
    }
  }

  private long length() {
    return file == null ? 0 : file.length();
  }
}
