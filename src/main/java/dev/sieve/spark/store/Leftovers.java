package dev.sieve.spark.store;

import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;

/** What writers left behind that were killed: files under a temporary name, and probes. */
final class Leftovers {
  private Leftovers() {}

  /** Removes a study's. Its lease is the caller's, so that none of their writers lives. */
  static void sweep(ResultFiles files, String study) throws IOException {
    long taken = files.modified(Lease.file(study));
    for (Table<?> table : RawTables.ALL) {
      sweep(files, table.name() + "/" + study, taken);
    }
    sweep(files, "studies/" + study, taken);
  }

  /**
   * Removes those in a folder and the folders within it.
   *
   * @param before those written before this, milliseconds since the epoch
   */
  static void sweep(ResultFiles files, String folder, long before) throws IOException {
    FileStatus[] found;
    try {
      found = files.statuses(folder);
    } catch (FileNotFoundException e) {
      return;
    }
    for (FileStatus status : found) {
      String name = status.getPath().getName();
      if (status.isDirectory()) {
        sweep(files, folder + "/" + name, before);
      } else if ((name.startsWith(ResultFiles.HIDDEN) || name.startsWith(ResultFiles.PROBE))
          && status.getModificationTime() < before) {
        files.delete(folder + "/" + name);
      }
    }
  }
}
