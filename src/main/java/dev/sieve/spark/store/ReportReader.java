package dev.sieve.spark.store;

import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.StudySummary;
import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Reads what reports and the live page show. Writes nothing, takes no lease. */
public final class ReportReader {
  private final SparkSession spark;
  private final String dir;
  private final ResultFiles files;

  /**
   * @param resultsDir what {@code spark.sieve.results} is set to from here on
   */
  public ReportReader(SparkSession spark, String resultsDir) {
    this.spark = spark;
    this.dir = ResultsDir.resolve(resultsDir);
    this.files = new ResultFiles(hadoop(), dir);
    ResultsDir.use(spark, dir);
  }

  /** Names of all studies, the one whose trials were written last first; cheap. */
  public List<String> names() {
    return spark
        .sql(
            """
            SELECT s.study FROM (SELECT DISTINCT study FROM spark_catalog.default.study_rows) s
            LEFT JOIN (SELECT study, max(run_started) AS last
              FROM spark_catalog.default.trial_rows GROUP BY study) t ON s.study = t.study
            ORDER BY t.last DESC NULLS LAST, s.study""")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** All studies in short, the one whose trials were written last first. */
  public List<StudySummary> studies() {
    return spark
        .sql(
            """
            SELECT s.study, s.phases, coalesce(t.trials, 0) AS trials, t.validation, t.test, t.last
            FROM (SELECT study, CAST(count(*) AS INT) AS phases
              FROM spark_catalog.default.studies GROUP BY study) s
            LEFT JOIN (SELECT study, CAST(count(*) AS INT) AS trials, max(run_started) AS last,
                max(CASE WHEN phase <> 'final' AND status = 'done' THEN validation_accuracy END) AS validation,
                avg(CASE WHEN phase = 'final' AND status = 'done' THEN test_accuracy END) AS test
              FROM spark_catalog.default.trials GROUP BY study) t
            ON s.study = t.study
            ORDER BY t.last DESC NULLS LAST, s.study""")
        .collectAsList()
        .stream()
        .map(RowMapper::summary)
        .toList();
  }

  /** All that is known of a study now; without rows for one that there is not. */
  public StudyHistory read(String study) {
    try {
      return new HistoryReader(files, study).readWithCurves();
    } catch (IOException e) {
      throw Storage.unreadable(dir, e);
    }
  }

  /** The same without learning curves, which are most of it. */
  public StudyHistory outcomes(String study) {
    try {
      return new HistoryReader(files, study).read();
    } catch (IOException e) {
      throw Storage.unreadable(dir, e);
    }
  }

  /**
   * A file of the results, by its path relative to them.
   *
   * @return null where there is none
   */
  public byte @Nullable [] file(String relative) throws IOException {
    return files.read(relative);
  }

  /**
   * A text that changes whenever the tables' files do: cheap enough to be asked for every second.
   */
  public String version() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (Table<?> table : RawTables.ALL) {
      Path folder = new Path(dir, table.name());
      FileSystem system = folder.getFileSystem(hadoop());
      try {
        RemoteIterator<LocatedFileStatus> found = system.listFiles(folder, true);
        while (found.hasNext()) {
          LocatedFileStatus file = found.next();
          names.add(file.getPath().toUri().getPath() + " " + file.getLen());
        }
      } catch (FileNotFoundException e) {
        continue; // nothing was written yet
      }
    }
    return Hashes.ofSorted(List.copyOf(names));
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
