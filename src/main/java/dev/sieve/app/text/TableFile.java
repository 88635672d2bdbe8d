package dev.sieve.app.text;

import dev.sieve.config.UserPath;
import dev.sieve.error.UserException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes rows to one file, a local path or any Hadoop URI. It appears whole or not at all. */
public final class TableFile {
  private static final Logger LOG = LoggerFactory.getLogger(TableFile.class);

  /** Of hooks: when Spark has ended its tasks, and before file systems are closed. */
  private static final int AFTER_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 5;

  private final Path target;
  private final Path hidden;
  private final FileSystem files;

  /**
   * @throws UserException if the file is there already, or its folder is not
   */
  public TableFile(Configuration hadoop, String path) throws IOException {
    this.target = absolute(path);
    this.hidden = new Path(target.getParent(), ".sieve-" + UUID.randomUUID());
    FileSystem found = target.getFileSystem(hadoop);
    // Without side files of checksums.
    this.files = found instanceof LocalFileSystem checked ? checked.getRawFileSystem() : found;
    // In an object store there are no folders but of what lies in them.
    if (found instanceof LocalFileSystem && !files.exists(target.getParent())) {
      throw new UserException(
          "--output must name a file in a folder that is there, but there is no %s: make it, or name another"
              .formatted(target.getParent().toUri().getPath()));
    }
    if (files.exists(target)) {
      throw new UserException(
          "--output must name a file that is not there yet, but %s is: remove it, or name another"
              .formatted(UserPath.absolute(path)));
    }
  }

  /** Makes the folder that files go into, where it is not there yet. */
  public static void makeFolder(Configuration hadoop, String path) throws IOException {
    Path folder = absolute(path);
    folder.getFileSystem(hadoop).mkdirs(folder);
  }

  private static Path absolute(String written) {
    String path = UserPath.of("--output", written);
    return path.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*")
        ? new Path(path)
        : new Path("file:" + java.nio.file.Path.of(path).toAbsolutePath().normalize());
  }

  /**
   * Writes the file.
   *
   * @throws UserException if its place cannot be written to
   */
  public void write(Dataset<Row> rows, RowFormat format) {
    try {
      written(rows, format);
    } catch (IOException | FSError e) {
      throw new UserException(
          "--output must be a place that can be written to, but %s is not (%s): make it so, free space, or name another"
              .formatted(target, e.getMessage()),
          e);
    }
  }

  private void written(Dataset<Row> rows, RowFormat format) throws IOException {
    Runnable remove = this::remove;
    ShutdownHookManager.get().addShutdownHook(remove, AFTER_SPARK);
    try {
      if (format == RowFormat.PARQUET) {
        parquet(rows);
      } else {
        try (PrintWriter out =
            new PrintWriter(
                new OutputStreamWriter(files.create(hidden, false), StandardCharsets.UTF_8))) {
          format.print(rows, out);
          if (out.checkError()) {
            throw new IOException("writing " + target + " failed");
          }
        }
        move(hidden);
      }
    } finally {
      files.delete(hidden, true);
      if (!ShutdownHookManager.get().isShutdownInProgress()) {
        ShutdownHookManager.get().removeShutdownHook(remove);
      }
    }
  }

  /** Where the process is ended under it, as well as it can be done then. */
  private void remove() {
    try {
      files.delete(hidden, true);
    } catch (IOException | FSError e) {
      LOG.debug("{} could not be removed", hidden, e);
    }
  }

  /** Spark writes a folder of parts; one part is the file. */
  private void parquet(Dataset<Row> rows) throws IOException {
    RowFormat.distinct(rows).coalesce(1).write().parquet(hidden.toString());
    for (FileStatus part : files.listStatus(hidden)) {
      if (part.getPath().getName().startsWith("part-")) {
        move(part.getPath());
        return;
      }
    }
    throw new IOException("Spark wrote no part into " + hidden);
  }

  private void move(Path from) throws IOException {
    if (!files.rename(from, target)) {
      throw new IOException("renaming " + from + " to " + target + " failed");
    }
  }
}
