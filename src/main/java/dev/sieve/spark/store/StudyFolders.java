package dev.sieve.spark.store;

import dev.sieve.error.UserException;
import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.Table;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A results folder as its files: what is done with studies as a whole. Needs no Spark session, only
 * the Hadoop settings that spark-submit was given.
 */
public final class StudyFolders {
  private final String dir;
  private final ResultFiles files;

  /**
   * @param resultsDir a local path or any Hadoop URI
   */
  public StudyFolders(String resultsDir) {
    this.dir = ResultsDir.resolve(resultsDir);
    this.files = new ResultFiles(SparkHadoopUtil.get().newConfiguration(new SparkConf()), dir);
  }

  /**
   * Returns if there is such a folder.
   *
   * @throws UserException if there is none
   */
  public void requireThere() throws IOException {
    if (!files.exists(".")) {
      throw new UserException(
          "--results must name a folder with results, but there is no %s: correct it, or run a study with results.dir=%s"
              .formatted(files.name("."), dir));
    }
  }

  /** Names of all studies. */
  public Set<String> studies() throws IOException {
    Set<String> names = new TreeSet<>(files.folders("studies"));
    for (Table<?> table : RawTables.ALL) {
      names.addAll(files.folders(table.name()));
    }
    return names;
  }

  /** Whether a driver is running a study now. */
  public boolean running(String study) throws IOException {
    return Lease.held(files, study, Clock.systemUTC());
  }

  /**
   * Fails unless there is such a study.
   *
   * @throws UserException with the names that there are
   */
  public void require(String study) throws IOException {
    Set<String> known = studies();
    if (!known.contains(study)) {
      throw new UserException(
          "the study must be one of %s, but got '%s'; there is %s"
              .formatted(dir, study, known.isEmpty() ? "none" : String.join(", ", known)));
    }
  }

  /**
   * Compacts all tables of a study.
   *
   * @return what was done, for people
   * @throws UserException if there is no such study, or a living driver holds its lease
   */
  public String compact(String study) throws IOException {
    require(study);
    try (Lease lease = Lease.take(files, study, Clock.systemUTC())) {
      Leftovers.sweep(files, study);
      return new Compaction(files, study, lease::check).run(1).toString();
    } catch (IOException e) {
      throw Storage.unwritable(dir, e);
    }
  }

  /**
   * Removes a study: its rows, models, everything. Ended half-way, the same call goes on; rows go
   * first, so that no trial is left that counts as finished without its curve.
   *
   * @throws UserException if there is no such study, or a living driver holds its lease
   */
  public void delete(String study) throws IOException {
    require(study);
    try (Lease lease = Lease.take(files, study, Clock.systemUTC())) {
      Leftovers.sweep(files, study);
      for (Table<?> table : RawTables.ALL) {
        lease.check();
        files.deleteFolder(table.name() + "/" + study);
      }
      lease.check();
      for (String folder : files.folders("studies/" + study)) {
        files.deleteFolder("studies/" + study + "/" + folder);
      }
      for (ResultFiles.Entry file : files.list("studies/" + study)) {
        String path = "studies/" + study + "/" + file.name();
        if (!path.equals(Lease.file(study))) {
          files.delete(path);
        }
      }
    } catch (IOException e) {
      throw Storage.unwritable(dir, e);
    }
    removed(study);
  }

  /** The lease is given back, and whoever took it in this moment keeps the folder. */
  private void removed(String study) throws IOException {
    String folder = "studies/" + study;
    if (files.exists(folder) && files.statuses(folder).length == 0) {
      files.delete(folder);
    }
  }
}
