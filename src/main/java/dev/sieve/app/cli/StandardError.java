package dev.sieve.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where errors are printed. The JVM says at its start, to descriptor 2, that the vector module is
 * an incubator, and no option stops it; so the launcher lays a filter there and the terminal itself
 * on the descriptor that it names. What Sieve prints goes past the filter, which would hand it on a
 * moment after the process has ended.
 */
public final class StandardError {
  private StandardError() {}

  /**
   * @param descriptor the launcher's {@code SIEVE_STDERR}
   * @param log the launcher's {@code SIEVE_LOG}: takes what libraries print of exceptions
   */
  public static void take(@Nullable String descriptor, @Nullable String log) {
    if (descriptor == null || !descriptor.matches("[3-9]")) {
      return;
    }
    try {
      // Not by opening /dev/fd/3: a file's second opening has an end of its own to write to.
      Constructor<FileDescriptor> maker = FileDescriptor.class.getDeclaredConstructor(int.class);
      maker.setAccessible(true);
      FileDescriptor terminal = maker.newInstance(Integer.parseInt(descriptor));
      OutputStream out = new BufferedOutputStream(new FileOutputStream(terminal));
      System.setErr(log == null ? new PrintStream(out, true) : untraced(out, Path.of(log)));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A JVM without Spark's --add-opens: the filter is no more than late.
    }
  }

  /**
   * A stream past which {@link Throwable#printStackTrace()} goes into a file. Spark's futures print
   * so what nobody waits for any more, an executor that is lost while the session ends, say.
   */
  static PrintStream untraced(OutputStream out, Path log) {
    return new PrintStream(out, true) {
      /** What a stack trace is printed by, and nothing of Sieve's. */
      @Override
      public void println(@Nullable Object line) {
        try {
          Files.writeString(
              log,
              line + System.lineSeparator(),
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
        } catch (IOException e) {
          super.println(line);
        }
      }
    };
  }
}
