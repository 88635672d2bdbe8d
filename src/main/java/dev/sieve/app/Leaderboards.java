package dev.sieve.app;

import dev.sieve.error.UserException;
import dev.sieve.trial.Phase;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Which leaderboard a user means, and the SQL that shows it. */
final class Leaderboards {
  private final SparkSession spark;

  Leaderboards(SparkSession spark) {
    this.spark = spark;
  }

  /** One leaderboard. */
  record Board(String study, String phase, int level) {
    /** As SQL. */
    String condition() {
      return "study = '%s' AND phase = '%s' AND level = %d".formatted(study, phase, level);
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
  Board choose(@Nullable String study, @Nullable String phase) {
    if (phase != null) {
      check(phase);
    }
    List<Row> phases =
        spark
            .sql(
                "SELECT study, phase, level FROM trials GROUP BY study, phase, level"
                    + " ORDER BY max(run_started) DESC, study, phase, level DESC")
            .collectAsList();
    String wanted = study != null ? study : phases.isEmpty() ? "" : phases.get(0).getString(0);
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

  String topSql(Board board, int count) {
    return """
        SELECT rank, configuration, status, replicates AS n, validation_accuracy, validation_accuracy_se AS se, lambda, eta, sigma
        FROM leaderboard
        WHERE %s AND rank <= %d
        ORDER BY rank"""
        .formatted(board.condition(), count);
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
