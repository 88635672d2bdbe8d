package dev.sieve.app.cli;

import dev.sieve.search.Study;

/** What the process ends with. */
public final class ExitStatus {
  public static final int DONE = 0;

  /** A fault of ours, or a check (such as the gradient check) that did not pass. */
  public static final int INTERNAL_ERROR = 1;

  public static final int CHECK_FAILED = 1;
  public static final int USER_ERROR = 2;

  /** Too many trials failed in a row. */
  public static final int FAILING_TRIALS = 3;

  /**
   * Trials were lost with their machines, or executors die before they begin one; the same command
   * trains them.
   */
  public static final int LOST_TRIALS = 3;

  /** Finished, but no trial has a figure. */
  static final int NO_VALID_TRIAL = 4;

  /** The wall-clock budget of a phase is used up; the same command goes on. */
  static final int OUT_OF_TIME = 5;

  /** Answered, but without files of the results that are damaged; they are named. */
  public static final int DAMAGED_FILES = 6;

  /** Ctrl-C or SIGTERM; the same command goes on. */
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}

  static int of(Study.Ending ending) {
    return switch (ending) {
      case DONE -> DONE;
      case INTERRUPTED -> INTERRUPTED;
      case OUT_OF_TIME -> OUT_OF_TIME;
      case FAILING -> FAILING_TRIALS;
      case LOST, STUCK -> LOST_TRIALS;
      case WITHOUT_VALID_TRIAL -> NO_VALID_TRIAL;
    };
  }
}
