package dev.sieve.spark.store;

import dev.sieve.error.UserException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The results folder's address: as a user writes it, as Hadoop takes it, as people read it. */
public final class ResultsDir {
  /** Spark's setting that names the folder whose tables a session has. */
  public static final String SETTING = "spark.sieve.results";

  private ResultsDir() {}

  /**
   * Has a session's queries answered from a folder of results. Where Spark was started for it there
   * is nothing to do, and so for a study that is only trained none of what answers queries is made:
   * three seconds of a driver's start.
   *
   * @param dir as {@link #resolve} gives it
   */
  static void use(SparkSession spark, String dir) {
    if (!spark.sparkContext().conf().get(SETTING, "").equals(dir)) {
      spark.conf().set(SETTING, dir);
    }
  }

  static FileSystem system(Path root, Configuration hadoop) {
    try {
      return root.getFileSystem(hadoop);
    } catch (IOException | RuntimeException e) {
      // A scheme that nobody serves, a class that is not on the class path, a host without address.
      throw unknown(root.toString(), e);
    }
  }

  private static UserException unknown(String dir, Exception e) {
    return new UserException(
        "results.dir must be a local folder or a URI that Hadoop's file systems serve, but got %s (%s): correct it, or give spark-submit the package that serves it (--packages)"
            .formatted(dir, e.getMessage()),
        e);
  }

  /**
   * A folder without a scheme is local, and a relative one is the process's.
   *
   * @throws UserException if no folder can have that name
   */
  public static String resolve(String dir) {
    if (dir.isBlank()) {
      throw new UserException(
          "results.dir must name a folder, but it is empty: set it, for example to data/results");
    }
    try {
      return dir.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:/.*")
          ? new Path(dir).toString()
          : "file:" + java.nio.file.Path.of(dir).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new UserException(
          "results.dir must name a folder, but no folder can be called %s (%s): change it; names in other scripts need a locale that has them, such as LC_ALL=C.UTF-8"
              .formatted(dir, e.getReason()),
          e);
    } catch (IllegalArgumentException e) {
      throw unknown(dir, e);
    }
  }

  /** A path as people know it. */
  public static String shown(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }
}
