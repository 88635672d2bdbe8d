package dev.sieve.app;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/**
 * Where errors are printed. The JVM says at its start, to descriptor 2, that the vector module is
 * an incubator, and no option stops it; so the launcher lays a filter there and the terminal itself
 * on the descriptor that it names. What Sieve prints goes past the filter, which would hand it on a
 * moment after the process has ended.
 */
final class StandardError {
  private StandardError() {}

  /**
   * @param descriptor the launcher's {@code SIEVE_STDERR}
   */
  static void take(@Nullable String descriptor) {
    if (descriptor == null || !descriptor.matches("[3-9]")) {
      return;
    }
    try {
      // Not by opening /dev/fd/3: a file's second opening has an end of its own to write to.
      Constructor<FileDescriptor> maker = FileDescriptor.class.getDeclaredConstructor(int.class);
      maker.setAccessible(true);
      FileDescriptor terminal = maker.newInstance(Integer.parseInt(descriptor));
      System.setErr(
          new PrintStream(new BufferedOutputStream(new FileOutputStream(terminal)), true));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A JVM without Spark's --add-opens: the filter is no more than late.
    }
  }
}
