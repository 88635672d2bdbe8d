package dev.sieve.search;

import dev.sieve.trial.TrialOutcome;
import java.util.List;

/**
 * The result table of one study, held by one driver at a time. A call that returns has made its
 * rows durable.
 */
public interface TrialStore extends StudyResults, AutoCloseable {
  /** Writes epochs, then models, then trial rows. The same commit made twice leaves one. */
  void commit(PhasePlan plan, List<TrialOutcome> outcomes);

  void save(PhaseRecord record);

  @Override
  void close();
}
