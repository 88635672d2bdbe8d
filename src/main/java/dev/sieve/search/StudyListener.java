package dev.sieve.search;

import dev.sieve.trial.TrialOutcome;

/** Hears of a study as it goes on; called by the study loop's thread. */
public interface StudyListener {
  /**
   * A phase begins.
   *
   * @param finished trials of the plan that already have a row
   */
  void started(PhasePlan plan, int finished);

  /** A trial has a durable row. */
  void finished(PhasePlan plan, TrialOutcome outcome);

  /** About once a second while groups run. */
  void tick();

  /** The phase's state is durable. */
  void ended(PhasePlan plan, PhaseRecord record);

  /** A line for the user: a warning or what was decided. */
  void note(String line);
}
