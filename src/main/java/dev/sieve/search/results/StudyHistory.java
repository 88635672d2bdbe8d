package dev.sieve.search.results;

import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the tables hold of one study at one moment.
 *
 * @param phases in order; empty where the study has no row yet
 * @param trials by phase, level and ordinal
 * @param rungs every row of a study that halves, by trial and rung; empty for any other
 * @param boards the view {@code leaderboard}, one for each phase and level with trials
 * @param pick what the view {@code best} has of the study
 */
public record StudyHistory(
    String study,
    List<PhaseRow> phases,
    List<TrialRow> trials,
    List<RungRecord> rungs,
    List<Board> boards,
    @Nullable Pick pick) {
  public StudyHistory {
    phases = List.copyOf(phases);
    trials = List.copyOf(trials);
    rungs = List.copyOf(rungs);
    boards = List.copyOf(boards);
  }

  /** One leaderboard, best first. */
  public record Board(Phase phase, int level, List<LeaderboardRow> rows) {
    public Board {
      rows = List.copyOf(rows);
    }
  }

  /** What the next phase takes, and the search phase that it won. */
  public record Pick(Phase phase, int level, LeaderboardRow row) {}

  /** How a trial stood at a rung. {@code validationAccuracy} is null where it has none. */
  public record RungRecord(
      TrialKey key, int ordinal, Status status, int epochs, @Nullable Double validationAccuracy) {}
}
