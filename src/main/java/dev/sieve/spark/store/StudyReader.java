package dev.sieve.spark.store;

import static dev.sieve.spark.table.SqlText.literal;

import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StoredTrial;
import dev.sieve.search.results.StudyResults;
import dev.sieve.search.results.TrialRow;
import dev.sieve.spark.table.EpochTable;
import dev.sieve.spark.table.StudyTable;
import dev.sieve.spark.table.Table;
import dev.sieve.spark.table.TrialTable;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.TrialKey;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads one study; takes no lease, writes nothing. Its rows come straight from the study's files,
 * by the views' rules, so that executors need not see the files.
 */
public final class StudyReader implements StudyResults {
  private static final Comparator<StoredTrial> IN_ORDER =
      Comparator.comparingInt(StoredTrial::ordinal).thenComparing(trial -> trial.key().rung());

  private final SparkSession spark;
  private final String study;
  private final String dir;

  /**
   * @param resultsDir what {@code spark.sieve.results} is set to from here on
   */
  public StudyReader(SparkSession spark, String resultsDir, String study) {
    this.spark = spark;
    this.study = study;
    this.dir = ResultsDir.resolve(resultsDir);
    ResultsDir.use(spark, dir);
  }

  @Override
  public List<StoredTrial> trials(Phase phase, int level) {
    return stored(newest(phase, level, row -> RowMapper.key(row, 0)));
  }

  @Override
  public List<StoredTrial> rungs(Phase phase, int level) {
    return stored(rungRows(phase, level));
  }

  private static List<StoredTrial> stored(Collection<Row> rows) {
    return rows.stream().map(StoredRows::trial).sorted(IN_ORDER).toList();
  }

  /** Whole rows, the newest of every key of a phase. */
  Collection<Row> rungRows(Phase phase, int level) {
    return newest(phase, level, RowMapper::rungKey);
  }

  private Collection<Row> newest(Phase phase, int level, Function<Row, TrialKey> key) {
    return StudyRows.newest(rows(TrialTable.TABLE, phase, level), key, RowMapper.BY_START);
  }

  /** All trials of a phase with their curves, by configuration and replicate. */
  List<TrialRow> records(Phase phase, int level) {
    // Before the curves: epochs are written first, so that no trial is without its own.
    Collection<Row> trials = newest(phase, level, row -> RowMapper.key(row, 0));
    Map<TrialKey, List<EpochMetrics>> curves =
        HistoryReader.curves(rows(EpochTable.TABLE, phase, level));
    return trials.stream()
        .map(row -> RowMapper.trial(row, curves))
        .sorted(
            Comparator.<TrialRow, String>comparing(record -> record.key().configuration())
                .thenComparing(record -> record.key().replicate()))
        .toList();
  }

  private List<Row> rows(Table<?> table, Phase phase, int level) {
    return rows(table).stream()
        .filter(row -> row.getAs("phase").equals(phase.label()) && row.getAs("level").equals(level))
        .toList();
  }

  private List<Row> rows(Table<?> table) {
    try {
      return StudyRows.read(
          new ResultFiles(spark.sparkContext().hadoopConfiguration(), dir), table, study);
    } catch (IOException e) {
      throw Storage.unreadable(dir, e);
    }
  }

  @Override
  public List<PhaseRow> phases() {
    return StudyRows.newest(rows(StudyTable.TABLE), RowMapper::phaseKey, RowMapper.BY_COMMIT)
        .stream()
        .map(StoredRows::phase)
        .sorted(StoredRows.IN_ORDER)
        .toList();
  }

  @Override
  public List<LeaderboardRow> leaderboard(Phase phase, int level) {
    return Ranking.of(newest(phase, level, row -> RowMapper.key(row, 0)));
  }

  @Override
  public String leaderboardSql(Phase phase, int level) {
    return "SELECT rank, configuration, status, replicates, validation_accuracy, validation_accuracy_se, trial, settings FROM leaderboard WHERE study = %s AND phase = %s AND level = %s ORDER BY rank"
        .formatted(literal(study), literal(phase.label()), level);
  }
}
