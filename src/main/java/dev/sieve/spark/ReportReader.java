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
import java.util.Collection;
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
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole studies: the leaderboard through the view that users query, everything else as the
 * views have it. Writes nothing, takes no lease.
 */
public final class ReportReader {
  /** The one that takes longest first. */
  private static final List<String> SOURCES =
      List.of("leaderboard", "epoch_rows", "trial_rows", "study_rows");

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

  /**
   * A session for reading small tables once: interpreting a query takes less time than compiling it
   * does. The report of 89 trials took 13 s instead of 20 s on a machine with six times its load.
   * What the user set stays.
   */
  public static SparkSession session(String name, String resultsDir) {
    SparkSession spark = SieveSession.open(name, resultsDir);
    Map<String, String> interpreted =
        Map.of(
            "spark.sql.codegen.wholeStage", "false", "spark.sql.codegen.factoryMode", "NO_CODEGEN");
    interpreted.forEach(
        (key, value) -> {
          if (!spark.sparkContext().conf().contains(key)) {
            spark.conf().set(key, value);
          }
        });
    return spark;
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
    // Makes the names known: views must not be made while another thread resolves one.
    for (String name : SOURCES) {
      spark.table("spark_catalog.default." + name);
    }
    // Most of a query's time is Spark's planning, so that a second core helps. The threads are own
    // ones: they must inherit the class loader that has this jar.
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Map<String, Future<List<Row>>> asked = new LinkedHashMap<>();
    for (String name : SOURCES) {
      asked.put(name, threads.submit(() -> rows(name, study)));
    }
    threads.shutdown();
    List<PhaseRecord> phases =
        newest(answer(asked, "study_rows"), ReportRows::phaseKey, ReportRows.BY_COMMIT).stream()
            .map(StoredRows::phase)
            .sorted(StoredRows.IN_ORDER)
            .toList();
    List<Row> rows = answer(asked, "trial_rows");
    Map<TrialKey, List<EpochMetrics>> curves = curves(answer(asked, "epoch_rows"));
    List<TrialRecord> trials =
        newest(rows, row -> ReportRows.key(row, 0), ReportRows.BY_RUNG).stream()
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
        trials,
        trials.stream().anyMatch(ReportReader::halves) ? rungs(rows) : List.of(),
        boards,
        pick(phases, boards));
  }

  private static List<Row> answer(Map<String, Future<List<Row>>> asked, String name) {
    try {
      Future<List<Row>> rows = asked.get(name);
      return rows == null ? List.of() : rows.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + name, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading " + name + ": " + e.getMessage(), e.getCause());
    }
  }

  private List<Row> rows(String name, String study) {
    return spark
        .sql(
            "SELECT * FROM spark_catalog.default.%s WHERE study = %s"
                .formatted(name, literal(study)))
        .collectAsList();
  }

  /**
   * The newest row of each key: what the views {@code trials}, {@code epochs} and {@code studies}
   * keep. Their windows would take longer than all the rest of a report.
   */
  private static <K> Collection<Row> newest(
      List<Row> rows, Function<Row, K> key, Comparator<Row> order) {
    Map<K, Row> newest = new LinkedHashMap<>();
    for (Row row : rows) {
      newest.merge(key.apply(row), row, (a, b) -> order.compare(a, b) >= 0 ? a : b);
    }
    return newest.values();
  }

  private static boolean halves(TrialRecord record) {
    Status status = record.result().status();
    return record.key().rung() > 0 || status == Status.PAUSED || status == Status.PRUNED;
  }

  private static List<RungRecord> rungs(List<Row> rows) {
    return newest(rows, ReportRows::rungKey, ReportRows.BY_RUNG).stream()
        .map(ReportRows::rung)
        .sorted(
            Comparator.comparing((RungRecord r) -> r.key().phase())
                .thenComparing(r -> r.key().level())
                .thenComparing(RungRecord::ordinal)
                .thenComparing(r -> r.key().rung()))
        .toList();
  }

  private static Map<TrialKey, List<EpochMetrics>> curves(List<Row> rows) {
    Map<TrialKey, List<EpochMetrics>> curves = new HashMap<>();
    for (Row row : newest(rows, ReportRows::epochKey, ReportRows.BY_RUNG)) {
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
