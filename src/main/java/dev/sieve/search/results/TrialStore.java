package dev.sieve.search.results;

import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.util.Collection;
import java.util.List;

/**
 * The result table of one study, held by one driver at a time. A call that returns has made its
 * rows durable.
 */
public interface TrialStore extends AutoCloseable {
  /** The cause where what was written is there no more: of that nothing is kept. */
  final class RowsGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RowsGoneException() {
      super(null, null, false, false);
    }
  }

  /** What the table holds now, everything written here included; without learning curves. */
  StudyHistory history();

  /** Writes epochs, then models, then trial rows. The same commit made twice leaves one. */
  void commit(PhasePlan plan, List<TrialOutcome> outcomes);

  /**
   * Marks paused trials as stopped: each gets a second row of its key, equal to the newest but for
   * its status {@code pruned}. The same call made twice leaves one.
   *
   * @param keys of rows that are there
   */
  void prune(Collection<TrialKey> keys);

  void save(PhaseRow record);

  @Override
  void close();
}
