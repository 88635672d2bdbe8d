package dev.sieve.search;

import dev.sieve.trial.Phase;

/**
 * The study loop: plans a phase, refuses one that contradicts what the table holds, runs what has
 * no row yet, and records how it ended.
 */
public final class Study {
  /** How a phase ended. */
  public enum Ending {
    DONE,
    /** {@link #stop} was called; the same command goes on. */
    INTERRUPTED,
    /** Too many trials failed in a row. */
    FAILING,
    /** Every trial ended, none with a figure. */
    WITHOUT_VALID_TRIAL
  }

  public Study(
      StudyDefinition definition,
      TrialStore store,
      TrialExecutor executor,
      StudyListener listener) {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs a phase to its end, or goes on with it.
   *
   * @throws dev.sieve.error.UserException if the phase may not run: none in the file, no finished
   *     phase before it, a plan that changed
   */
  public Ending run(Phase phase) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Ends the running phase soon; any thread may call it. */
  public void stop() {
    throw new UnsupportedOperationException();
  }
}
