package dev.sieve.spark;

import static dev.sieve.spark.CatalogEntries.literal;

import dev.sieve.search.PhaseRecord;
import dev.sieve.search.Ranked;
import dev.sieve.search.StoredTrial;
import dev.sieve.search.StudyResults;
import dev.sieve.trial.Phase;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads one study through the SQL views that users query; takes no lease, writes nothing. */
public final class StudyReader implements StudyResults {
  private final SparkSession spark;
  private final String study;

  /**
   * @param resultsDir what {@code spark.sieve.results} is set to from here on
   */
  public StudyReader(SparkSession spark, String resultsDir, String study) {
    this.spark = spark;
    this.study = study;
    spark.conf().set(Adoption.RESULTS, ResultFiles.resolve(resultsDir));
  }

  List<Row> read(String sql) {
    return spark.sql(sql).collectAsList();
  }

  @Override
  public List<StoredTrial> trials(Phase phase, int level) {
    return trials("spark_catalog.default.trials", phase, level);
  }

  @Override
  public List<StoredTrial> rungs(Phase phase, int level) {
    return trials("(" + Views.RUNGS_QUERY + ")", phase, level);
  }

  private List<StoredTrial> trials(String source, Phase phase, int level) {
    return read(
            "SELECT study, phase, level, configuration, replicate, rung, trial, status, validation_accuracy, model, settings FROM %s WHERE %s ORDER BY trial, rung"
                .formatted(source, where(phase, level)))
        .stream()
        .map(StoredRows::trial)
        .toList();
  }

  /** Whole rows, the newest of every key of a phase. */
  List<Row> rungRows(Phase phase, int level) {
    return read("SELECT * FROM (%s) WHERE %s".formatted(Views.RUNGS_QUERY, where(phase, level)));
  }

  @Override
  public List<PhaseRecord> phases() {
    return read(
            "SELECT study, phase, level, plan, identity, trials, state, cut, box, configuration_text FROM spark_catalog.default.studies WHERE study = %s"
                .formatted(literal(study)))
        .stream()
        .map(StoredRows::phase)
        .sorted(StoredRows.IN_ORDER)
        .toList();
  }

  @Override
  public List<Ranked> leaderboard(Phase phase, int level) {
    return read(leaderboardSql(phase, level)).stream().map(StoredRows::ranked).toList();
  }

  @Override
  public String leaderboardSql(Phase phase, int level) {
    return "SELECT rank, configuration, status, replicates, validation_accuracy, validation_accuracy_se, trial, settings FROM leaderboard WHERE %s ORDER BY rank"
        .formatted(where(phase, level));
  }

  private String where(Phase phase, int level) {
    return "study = %s AND phase = %s AND level = %d"
        .formatted(literal(study), literal(phase.label()), level);
  }
}
