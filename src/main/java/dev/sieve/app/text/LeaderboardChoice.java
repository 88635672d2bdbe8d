package dev.sieve.app.text;

import dev.sieve.error.UserException;
import dev.sieve.spark.sql.Queries;
import dev.sieve.trial.Phase;
import java.sql.Timestamp;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Which leaderboard a user means, and the SQL that shows it. */
public final class LeaderboardChoice {
  /** The last trial last; of equal times the study that comes first by name. */
  private static final Comparator<Row> BY_LAST =
      Comparator.<Row, Timestamp>comparing(
              row -> row.getTimestamp(3), Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(row -> row.getString(0), Comparator.reverseOrder());

  private final SparkSession spark;

  public LeaderboardChoice(SparkSession spark) {
    this.spark = spark;
  }

  /** One leaderboard. */
  public record Board(String study, String phase, int level) {
    /** As SQL. */
    public String condition() {
      return "study = '%s' AND phase = '%s' AND level = %s".formatted(study, phase, level);
    }

    /** For people: {@code coarse}, {@code fine 2}. */
    String name() {
      return phase + (level > 1 ? " " + level : "");
    }
  }

  /**
   * The named study's leaderboard, or that of the study whose trials were written last; its named
   * phase, or its last search phase.
   */
  public Board choose(@Nullable String study, @Nullable String phase) {
    if (phase != null) {
      check(phase);
    }
    // The raw rows: the newest of each key, as trials has them, are of the same phases and end with
    // the same trial. Sorted here: Spark would run the query twice to find ranges for a sort.
    List<Row> phases =
        spark
            .sql(
                "SELECT study, phase, level, max(run_started) AS last"
                    + " FROM spark_catalog.default.trial_rows GROUP BY study, phase, level")
            .collectAsList();
    String wanted =
        study != null
            ? study
            : phases.stream().max(BY_LAST).map(row -> row.getString(0)).orElse("");
    Board best = null;
    for (Row row : phases) {
      Board board = new Board(row.getString(0), row.getString(1), row.getInt(2));
      if (board.study().equals(wanted)
          && suits(board, phase)
          && (best == null || later(board, best))) {
        best = board;
      }
    }
    if (best == null) {
      List<String> known =
          phases.stream().map(row -> row.getString(0)).distinct().sorted().toList();
      throw new UserException(
          "a leaderboard needs a study with trials%s, but %s; the table has %s"
              .formatted(
                  phase == null ? "" : " in phase " + phase,
                  study == null ? "none is named" : "got '" + study + "'",
                  known.isEmpty() ? "no study yet" : String.join(", ", known)));
    }
    return best;
  }

  /** One board's rows are in one partition, so that sorting within partitions sorts them. */
  public String topSql(Board board, int count) {
    return """
        SELECT rank, configuration, status, replicates AS n, validation_accuracy, validation_accuracy_se AS se, lambda, eta, sigma
        FROM %s
        WHERE %s AND rank <= %s
        SORT BY rank"""
        .formatted(Queries.leaderboard(), board.condition(), count);
  }

  private static boolean suits(Board board, @Nullable String phase) {
    return phase == null ? !board.phase().equals(Phase.FINAL.label()) : board.phase().equals(phase);
  }

  private static boolean later(Board a, Board b) {
    int order = Phase.of(a.phase()).compareTo(Phase.of(b.phase()));
    return order != 0 ? order > 0 : a.level() > b.level();
  }

  private static void check(String phase) {
    try {
      Phase.of(phase);
    } catch (IllegalArgumentException e) {
      throw new UserException("--phase: " + e.getMessage(), e);
    }
  }
}
