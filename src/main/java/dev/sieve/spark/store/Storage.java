package dev.sieve.spark.store;

import dev.sieve.error.UserException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.Locale;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Steps on files that fail with an {@link IOException} and nothing else. Hadoop's local file system
 * turns one into {@link FSError}, an {@code Error}, which would end a thread without a word.
 */
public final class Storage {
  private static final double MEGABYTE = 1e6;

  private Storage() {}

  /** What may fail. */
  @FunctionalInterface
  interface Step<T> {
    T take() throws IOException;
  }

  /** The storage did not do what was asked; the text is for people and names the path. */
  public static final class StepFailedException extends IOException {
    private static final long serialVersionUID = 1;

    private final String reason;

    StepFailedException(String message, String reason, Throwable cause) {
      super(message, cause);
      this.reason = reason;
    }

    /** Why alone: the same for the same trouble, whatever the file and the space that is left. */
    public String reason() {
      return reason;
    }

    @Override
    public String toString() {
      return String.valueOf(getMessage());
    }
  }

  /** A step that writes: its failure says where, and how much space is left there. */
  static <T> T writing(FileSystem files, Path path, Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (StepFailedException e) {
      throw e;
    } catch (IOException | FSError e) {
      String reason = reason(e);
      throw new StepFailedException(
          "writing %s failed: %s; free there: %s"
              .formatted(ResultsDir.shown(path), reason, free(files, path)),
          reason,
          e);
    }
  }

  /** A step that reads: an {@link IOException} stays what it is. */
  static <T> T reading(Path path, Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (FSError e) {
      String reason = reason(e);
      throw new StepFailedException(
          "reading %s failed: %s".formatted(ResultsDir.shown(path), reason), reason, e);
    }
  }

  /** The user's to mend, by what one can do about it. */
  public static UserException unwritable(String dir, IOException cause) {
    return new UserException(
        "results.dir must be a folder that can be written to, but %s is not (%s): make it writable, free space, or set results.dir=FOLDER"
            .formatted(dir, cause),
        cause);
  }

  /** The user's to mend: files that cannot be read now. */
  public static UserException unreadable(String dir, IOException cause) {
    return new UserException(
        "the results in %s must be readable, but are not (%s): make them so, and run the command again"
            .formatted(dir, cause),
        cause);
  }

  /** Without names that were made for one file. */
  private static String reason(Throwable e) {
    return words(e).replaceAll("\\.tmp-[0-9a-f-]{36}", "a file");
  }

  private static String words(Throwable e) {
    Throwable cause = e instanceof FSError && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    String text = cause.getMessage();
    return text == null || cause instanceof FileSystemException ? cause.toString() : text;
  }

  private static String free(FileSystem files, Path path) {
    try {
      return String.format(Locale.ROOT, "%,.1f MB", bytes(files, path) / MEGABYTE);
    } catch (IOException | RuntimeException | FSError e) {
      return "not known";
    }
  }

  private static long bytes(FileSystem files, Path path) throws IOException {
    if (!(files instanceof RawLocalFileSystem || files instanceof LocalFileSystem)) {
      return files.getStatus(path).getRemaining();
    }
    java.nio.file.Path there = java.nio.file.Path.of(path.toUri().getPath());
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return Files.getFileStore(there).getUsableSpace();
  }
}
