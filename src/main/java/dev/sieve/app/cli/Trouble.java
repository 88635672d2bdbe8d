package dev.sieve.app.cli;

import dev.sieve.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * What of an exception a user can mend. Only what is left is a fault of Sieve's own: a disk that is
 * full, a store that cannot be reached or a JVM without memory is none.
 */
public final class Trouble {
  /** Causes of causes that are looked at; a chain may lead back to itself. */
  private static final int DEEPEST = 20;

  private Trouble() {}

  /** The message for the user; null where this is a fault of ours. */
  public static @Nullable String of(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      String message = known(at);
      if (message != null) {
        return message;
      }
      at = at.getCause();
    }
    return null;
  }

  private static @Nullable String known(Throwable e) {
    if (e instanceof UserException) {
      return e.getMessage();
    }
    if (e instanceof InvalidPathException path) {
      return "a path must be one that can be named here, but '%s' is none (%s): set LC_ALL=C.UTF-8 if it has letters outside ASCII"
          .formatted(path.getInput(), path.getReason());
    }
    if (e instanceof UnsupportedFileSystemException) {
      return "an address must begin with a file system that is set up here, but Hadoop says: %s: correct it, or add the file system's jar (--packages or --jars)"
          .formatted(e.getMessage());
    }
    if (e instanceof OutOfMemoryError) {
      return "the driver's memory must hold what is asked for, but it is used up (%s): ask for less at once, or give more, such as --driver-memory 4g; what was finished is kept"
          .formatted(e.getMessage());
    }
    if (e instanceof IOException || e instanceof UncheckedIOException || e instanceof FSError) {
      return "files and connections must work, but one failed (%s): see to it, then give the same command again; what was finished is kept"
          .formatted(reason(e));
    }
    return null;
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause();
    Throwable shown = cause instanceof IOException && !(e instanceof IOException) ? cause : e;
    String message = shown.getMessage();
    String first = message == null ? "" : message.lines().findFirst().orElse("");
    return first.isEmpty()
        ? shown.getClass().getSimpleName()
        : shown.getClass().getSimpleName() + ": " + first;
  }
}
