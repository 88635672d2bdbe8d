package dev.sieve.spark.store;

import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;

/**
 * What drivers left behind that were killed: files under a temporary name, probes, and claims on
 * leases that are no more.
 */
final class Leftovers {
  private static final List<String> KINDS =
      List.of(ResultFiles.HIDDEN, ResultFiles.PROBE, Lease.CLAIM);

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
      } else if (KINDS.stream().anyMatch(name::startsWith)
          && status.getModificationTime() < before) {
        files.delete(folder + "/" + name);
      }
    }
  }
}
