package dev.sieve.search.results;

import dev.sieve.trial.Phase;
import java.util.List;

/** What the result table holds of one study. */
public interface StudyResults {
  /** The newest row of every trial's highest rung in a phase; empty where there is none. */
  List<StoredTrial> trials(Phase phase, int level);

  /** The newest row of every key of a phase: one for each rung that a trial reached. */
  List<StoredTrial> rungs(Phase phase, int level);

  /** The newest record of each (phase, level) of the study, in order. */
  List<PhaseRow> phases();

  /** The view {@code leaderboard} for one phase, best first. */
  List<LeaderboardRow> leaderboard(Phase phase, int level);

  /** The SQL text that {@link #leaderboard} runs, to be shown to users. */
  String leaderboardSql(Phase phase, int level);
}
