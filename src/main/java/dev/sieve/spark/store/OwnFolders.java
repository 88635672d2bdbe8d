package dev.sieve.spark.store;

import dev.sieve.error.UserException;
import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders among the results that hold nothing but what Sieve writes. */
public final class OwnFolders {
  private static final List<String> NAMES =
      Stream.concat(Stream.of("studies"), RawTables.ALL.stream().map(Table::name)).toList();

  private OwnFolders() {}

  /**
   * Returns if a file or folder may be written without getting among the results' own.
   *
   * @param output a local path or any Hadoop URI
   * @throws UserException if it would, by whatever links
   */
  public static void requireOutside(String results, String output) {
    String dir = ResultsDir.resolve(results);
    String target = ResultsDir.resolve(output);
    for (String name : NAMES) {
      if (within(real(target), real(dir + "/" + name))) {
        throw new UserException(
            "--output must not be in a folder that holds the results' own files, but %s is in %s: name another place"
                .formatted(output, ResultsDir.shown(new org.apache.hadoop.fs.Path(dir, name))));
      }
    }
  }

  private static boolean within(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  /** Without links, also where the path's end is not there yet. */
  private static String real(String uri) {
    if (!uri.startsWith("file:")) {
      return uri;
    }
    Path path = Path.of(new org.apache.hadoop.fs.Path(uri).toUri().getPath()).normalize();
    Path there = path;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return "file:" + there.toRealPath().resolve(there.relativize(path));
    } catch (IOException e) {
      return uri;
    }
  }
}
