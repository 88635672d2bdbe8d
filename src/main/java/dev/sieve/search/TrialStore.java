package dev.sieve.search;

import dev.sieve.trial.Phase;
import dev.sieve.trial.TrialOutcome;
import java.util.List;

/**
 * The result table of one study, held by one driver at a time. A call that returns has made its
 * rows durable.
 */
public interface TrialStore extends AutoCloseable {
  /** The newest row of every trial of a phase; empty where there is none. */
  List<StoredTrial> trials(Phase phase, int level);

  /** Writes epochs, then models, then trial rows. The same commit made twice leaves one. */
  void commit(PhasePlan plan, List<TrialOutcome> outcomes);

  /** The newest record of each (phase, level) of the study, in order. */
  List<PhaseRecord> phases();

  void save(PhaseRecord record);

  /** The view {@code leaderboard} for one phase, best first. */
  List<Ranked> leaderboard(Phase phase, int level);

  /** The SQL text that {@link #leaderboard} runs, to be shown to users. */
  String leaderboardSql(Phase phase, int level);

  @Override
  void close();
}
