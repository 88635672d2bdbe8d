package dev.sieve.search;

import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialOutcome;
import java.util.Map;

/** Hears of a study as it goes on; called by the study loop's thread. */
public interface StudyListener {
  /**
   * A phase begins.
   *
   * @param finished trials of the plan that already have a row
   */
  void started(PhasePlan plan, int finished);

  /**
   * Trials that go on from within their stage.
   *
   * @param steps steps taken before, for each
   */
  default void resumed(PhasePlan plan, Map<Trial, Long> steps) {}

  /** A trial has a durable row. */
  void finished(PhasePlan plan, TrialOutcome outcome);

  /** About once a second while groups run. */
  void tick();

  /** The phase's state is durable. */
  void ended(PhasePlan plan, PhaseRow record);

  /** A line for the user: a warning or what was decided. */
  void note(String line);
}
