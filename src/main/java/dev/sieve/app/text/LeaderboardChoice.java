package dev.sieve.app.text;

import dev.sieve.error.UserException;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.spark.store.ReportReader;
import dev.sieve.trial.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Which leaderboard a user means, and its first rows. */
public final class LeaderboardChoice {
  /** What {@link Board#top} shows of a configuration. */
  public static final StructType COLUMNS =
      new StructType()
          .add("rank", DataTypes.IntegerType)
          .add("configuration", DataTypes.StringType)
          .add("status", DataTypes.StringType)
          .add("n", DataTypes.IntegerType)
          .add("validation_accuracy", DataTypes.DoubleType)
          .add("se", DataTypes.DoubleType)
          .add("lambda", DataTypes.DoubleType)
          .add("eta", DataTypes.DoubleType)
          .add("sigma", DataTypes.DoubleType);

  private final ReportReader reader;

  public LeaderboardChoice(ReportReader reader) {
    this.reader = reader;
  }

  /** One leaderboard. */
  public record Board(StudyHistory history, Phase phase, int level) {
    public String study() {
      return history.study();
    }

    /** As SQL. */
    public String condition() {
      return "study = '%s' AND phase = '%s' AND level = %s"
          .formatted(study(), phase.label(), level);
    }

    /** For people: {@code coarse}, {@code fine 2}. */
    String name() {
      return phase.label() + (level > 1 ? " " + level : "");
    }

    List<LeaderboardRow> rows() {
      return history.ranking(phase, level);
    }

    /** The first configurations, in {@link #COLUMNS}. */
    public List<Row> top(int count) {
      List<Row> rows = new ArrayList<>();
      for (LeaderboardRow row : rows().subList(0, Math.min(count, rows().size()))) {
        rows.add(
            RowFactory.create(
                row.rank(),
                row.configuration(),
                row.status(),
                row.replicates(),
                row.validationAccuracy(),
                row.standardError(),
                number(row.settings(), "training.lambda"),
                number(row.settings(), "training.schedule.eta"),
                number(row.settings(), "network.init.sigma")));
      }
      return rows;
    }

    private static @Nullable Double number(Map<String, String> settings, String path) {
      String value = settings.get(path);
      return value == null ? null : Double.valueOf(value);
    }
  }

  /**
   * The named study's leaderboard, or that of the study whose trials were written last; its named
   * phase, or its last search phase.
   */
  public Board choose(@Nullable String study, @Nullable String phase) {
    Phase asked = phase == null ? null : phase(phase);
    String wanted = study != null ? study : reader.names().stream().findFirst().orElse("");
    StudyHistory history = wanted.isEmpty() ? StudyHistory.empty("") : reader.outcomes(wanted);
    Board best = null;
    for (StudyHistory.Board board : history.boards()) {
      boolean suits = asked == null ? board.phase() != Phase.FINAL : board.phase() == asked;
      if (suits) {
        best = new Board(history, board.phase(), board.level()); // in order: the last one stays
      }
    }
    if (best == null) {
      List<String> known = reader.names().stream().sorted().toList();
      throw new UserException(
          "a leaderboard needs a study with trials%s, but %s; the table has %s"
              .formatted(
                  phase == null ? "" : " in phase " + phase,
                  study == null ? "none is named" : "got '" + study + "'",
                  known.isEmpty() ? "no study yet" : String.join(", ", known)));
    }
    return best;
  }

  private static Phase phase(String text) {
    try {
      return Phase.of(text);
    } catch (IllegalArgumentException e) {
      throw new UserException("--phase: " + e.getMessage(), e);
    }
  }
}
