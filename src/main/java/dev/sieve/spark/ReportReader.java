package dev.sieve.spark;

import static dev.sieve.spark.CatalogEntries.literal;

import dev.sieve.search.PhaseRecord;
import dev.sieve.search.Ranked;
import dev.sieve.search.StudyHistory;
import dev.sieve.search.StudyHistory.Board;
import dev.sieve.search.StudyHistory.Pick;
import dev.sieve.search.StudyHistory.RungRecord;
import dev.sieve.search.StudySummary;
import dev.sieve.search.TrialRecord;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialKey;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Reads whole studies through the views that users query; writes nothing, takes no lease. */
public final class ReportReader {
  /** The one that takes longest first. */
  private static final List<String> VIEWS = List.of("leaderboard", "epochs", "trials", "studies");

  private final SparkSession spark;
  private final String dir;
  private final ResultFiles files;

  /**
   * @param resultsDir what {@code spark.sieve.results} is set to from here on
   */
  public ReportReader(SparkSession spark, String resultsDir) throws IOException {
    this.spark = spark;
    this.dir = ResultFiles.resolve(resultsDir);
    this.files = new ResultFiles(hadoop(), dir);
    spark.conf().set(Adoption.RESULTS, dir);
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
        .map(ReportRows::summary)
        .toList();
  }

  /** All that is known of a study now; without rows for one that there is not. */
  public StudyHistory read(String study) {
    String where = "study = " + literal(study);
    // Makes the names known: views must not be made while another thread resolves one.
    for (String view : VIEWS) {
      spark.table("spark_catalog.default." + view);
    }
    // Most of a query's time is Spark's planning, so that a second core helps. The threads are own
    // ones: they must inherit the class loader that has this jar.
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Map<String, Future<List<Row>>> asked = new LinkedHashMap<>();
    for (String view : VIEWS) {
      asked.put(view, threads.submit(() -> rows(view, where)));
    }
    threads.shutdown();
    List<PhaseRecord> phases =
        answer(asked, "studies").stream()
            .map(StoredRows::phase)
            .sorted(StoredRows.IN_ORDER)
            .toList();
    List<Row> trials = answer(asked, "trials");
    Map<TrialKey, List<EpochMetrics>> curves = curves(answer(asked, "epochs"));
    List<TrialRecord> records =
        trials.stream()
            .map(row -> ReportRows.trial(row, curves))
            .sorted(
                Comparator.comparing((TrialRecord r) -> r.key().phase())
                    .thenComparing(r -> r.key().level())
                    .thenComparing(TrialRecord::ordinal))
            .toList();
    List<Board> boards = boards(answer(asked, "leaderboard"));
    return new StudyHistory(
        study,
        phases,
        records,
        records.stream().anyMatch(ReportReader::halves) ? rungs(where) : List.of(),
        boards,
        pick(phases, boards));
  }

  private static List<Row> answer(Map<String, Future<List<Row>>> asked, String view) {
    try {
      Future<List<Row>> rows = asked.get(view);
      return rows == null ? List.of() : rows.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + view, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading " + view + ": " + e.getMessage(), e.getCause());
    }
  }

  private List<Row> rows(String view, String where) {
    return spark
        .sql("SELECT * FROM spark_catalog.default." + view + " WHERE " + where)
        .collectAsList();
  }

  private static boolean halves(TrialRecord record) {
    Status status = record.result().status();
    return record.key().rung() > 0 || status == Status.PAUSED || status == Status.PRUNED;
  }

  private List<RungRecord> rungs(String where) {
    return spark
        .sql(
            """
            SELECT study, phase, level, configuration, replicate, rung, trial,
              max_by(status, run_commit) AS status, max_by(epochs, run_commit) AS epochs,
              max_by(validation_accuracy, run_commit) AS validation_accuracy
            FROM spark_catalog.default.trial_rows WHERE %s
            GROUP BY study, phase, level, configuration, replicate, rung, trial
            ORDER BY phase, level, trial, rung"""
                .formatted(where))
        .collectAsList()
        .stream()
        .map(ReportRows::rung)
        .toList();
  }

  private static Map<TrialKey, List<EpochMetrics>> curves(List<Row> rows) {
    Map<TrialKey, List<EpochMetrics>> curves = new HashMap<>();
    for (Row row : rows) {
      curves
          .computeIfAbsent(ReportRows.key(row, 0), key -> new ArrayList<>())
          .add(ReportRows.epoch(row));
    }
    Comparator<EpochMetrics> inOrder =
        Comparator.comparingLong(EpochMetrics::step).thenComparingInt(EpochMetrics::epoch);
    curves.values().forEach(curve -> curve.sort(inOrder));
    return curves;
  }

  private static List<Board> boards(List<Row> rows) {
    Map<String, List<Row>> byPhase = new LinkedHashMap<>();
    rows.forEach(
        row ->
            byPhase
                .computeIfAbsent(
                    row.getAs("phase") + " " + row.getAs("level"), name -> new ArrayList<>())
                .add(row));
    List<Board> boards = new ArrayList<>();
    for (List<Row> board : byPhase.values()) {
      Row first = board.get(0);
      boards.add(
          new Board(
              Phase.of(first.getAs("phase")),
              first.<Integer>getAs("level"),
              board.stream()
                  .map(StoredRows::ranked)
                  .sorted(Comparator.comparingInt(Ranked::rank))
                  .toList()));
    }
    boards.sort(Comparator.comparing(Board::phase).thenComparing(Board::level));
    return boards;
  }

  /**
   * The row of the view {@code best}, by its rule: rank 1, if done, of the last finished fine
   * level, or of coarse. Its query would compute the leaderboard once more, which is most of a
   * report's time.
   */
  private static @Nullable Pick pick(List<PhaseRecord> phases, List<Board> boards) {
    PhaseRecord last = null;
    for (PhaseRecord phase : phases) {
      if (phase.phase() != Phase.FINAL && phase.state() == PhaseRecord.State.DONE) {
        last = phase; // in order: coarse, fine by level
      }
    }
    for (Board board : boards) {
      if (last != null && board.phase() == last.phase() && board.level() == last.level()) {
        Ranked first = board.rows().get(0);
        return first.eligible() ? new Pick(board.phase(), board.level(), first) : null;
      }
    }
    return null;
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
    for (Table<?> table : CatalogEntries.TABLES) {
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
