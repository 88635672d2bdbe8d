package dev.sieve.spark.task;

import dev.sieve.spark.store.Machine;
import dev.sieve.spark.task.GroupJob.GivenUpException;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * How often a group is tried. Spark makes several attempts; what it gives up on a cluster is set
 * apart and tried once more when no other group is left, one trial at a time, and none begins
 * meanwhile. For an executor's death may be another group's doing, or that of all together, and a
 * trial is to be lost by its own losses only. Where {@value #IN_A_ROW} times in a row what began
 * after the last one was given up is given up too, the one set apart first goes before those that
 * have not begun: if nothing can run, that is told then and not after a thousand groups. A local
 * Spark has one JVM, and a disk that is full for one is full for the next: there Spark's attempts
 * are all. Thread-safe.
 */
final class Tries {
  /** So that a dying executor is gone, and another one there. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final int IN_A_ROW = 3;

  /** A group's submission. */
  interface Submission {
    /**
     * Hands the group, or one of its trials, to Spark.
     *
     * @param lostBefore attempts made before
     */
    List<TrialOutcome> job(TrialGroup group, int lostBefore) throws GivenUpException;

    /** Whether it was taken back: it has no outcomes then. */
    boolean withdrawn();
  }

  private final boolean local;
  private final String sparkVersion;
  private final ExecutorService setApart;
  private final Consumer<List<TrialOutcome>> ended;
  private final Duration pause;

  /** Groups that have not begun, and those that run; without what is set apart. */
  private int waiting;

  private int running;
  private int givenUpInARow;
  private boolean oneIsAlone;

  /**
   * @param setApart of one thread
   * @param ended takes the outcomes of a group; empty where it was withdrawn
   */
  Tries(
      boolean local,
      String sparkVersion,
      ExecutorService setApart,
      Consumer<List<TrialOutcome>> ended) {
    this(local, sparkVersion, setApart, ended, PAUSE);
  }

  Tries(
      boolean local,
      String sparkVersion,
      ExecutorService setApart,
      Consumer<List<TrialOutcome>> ended,
      Duration pause) {
    this.pause = pause;
    this.local = local;
    this.sparkVersion = sparkVersion;
    this.setApart = setApart;
    this.ended = ended;
  }

  /** A group waits for its turn to {@link #run}. */
  synchronized void submitted() {
    waiting++;
  }

  /** It will not run after all. */
  synchronized void notSubmitted() {
    waiting--;
    notifyAll();
  }

  /** Runs a group on this thread; its outcomes may come later. */
  void run(TrialGroup group, Submission submission) {
    List<TrialOutcome> outcomes = List.of();
    boolean isSetApart = false;
    int givenUpBefore = 0;
    try {
      givenUpBefore = begin();
      outcomes = submission.job(group, 0);
    } catch (GivenUpException e) {
      isSetApart =
          !local && !e.storage() && !submission.withdrawn() && setApart(group, submission, e);
      if (isSetApart) {
        return;
      }
      outcomes = lost(group, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // Whoever waits for the group must hear of its end.
      outcomes = lost(group, notRun(e));
    } finally {
      ended(isSetApart, givenUpBefore);
    }
    ended.accept(submission.withdrawn() && lost(outcomes) ? List.of() : outcomes);
  }

  private boolean setApart(TrialGroup group, Submission submission, GivenUpException reason) {
    try {
      setApart.execute(() -> ended.accept(alone(group, submission, reason.lost())));
      return true;
    } catch (RuntimeException | Error e) {
      return false; // no thread is to be had, or the executor is being closed
    }
  }

  private List<TrialOutcome> alone(TrialGroup group, Submission submission, int lostBefore) {
    List<TrialOutcome> outcomes = new ArrayList<>();
    try {
      awaitAlone();
      try {
        pause(submission);
        for (Trial trial : group.trials()) {
          outcomes.addAll(last(new TrialGroup(List.of(trial)), submission, lostBefore));
        }
      } finally {
        aloneEnded();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (submission.withdrawn()) {
      // As in run(): what ended is a result all the same.
      outcomes.removeIf(outcome -> outcome.result().status() == Status.LOST);
    }
    return outcomes;
  }

  private List<TrialOutcome> last(TrialGroup one, Submission submission, int lostBefore) {
    try {
      return submission.job(one, lostBefore);
    } catch (GivenUpException e) {
      return lost(one, e);
    } catch (RuntimeException | Error e) {
      return lost(one, notRun(e));
    }
  }

  private static GivenUpException notRun(Throwable e) {
    return new GivenUpException("the driver could not run it: " + e, 0, false, e);
  }

  private void pause(Submission submission) throws InterruptedException {
    long deadline = System.nanoTime() + pause.toNanos();
    while (!submission.withdrawn() && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
  }

  /**
   * Waits for a group's turn.
   *
   * @return how many have been given up in a row before it begins
   */
  private synchronized int begin() throws InterruptedException {
    try {
      while (oneIsAlone || held()) {
        wait();
      }
    } finally {
      waiting--;
      running++;
    }
    return givenUpInARow;
  }

  /** Whether what has not begun waits for one set apart. */
  private boolean held() {
    return givenUpInARow >= IN_A_ROW;
  }

  private synchronized void awaitAlone() throws InterruptedException {
    while (oneIsAlone || running > 0 || (waiting > 0 && !held())) {
      wait();
    }
    oneIsAlone = true;
  }

  /** Groups that ran side by side and end with one executor count once. */
  private synchronized void ended(boolean isSetApart, int givenUpBefore) {
    running--;
    if (!isSetApart) {
      givenUpInARow = 0;
    } else if (givenUpBefore == givenUpInARow) {
      givenUpInARow++;
    }
    notifyAll();
  }

  private synchronized void aloneEnded() {
    oneIsAlone = false;
    givenUpInARow = 0;
    notifyAll();
  }

  private static boolean lost(List<TrialOutcome> outcomes) {
    return !outcomes.isEmpty() && outcomes.get(0).result().status() == Status.LOST;
  }

  private List<TrialOutcome> lost(TrialGroup group, GivenUpException reason) {
    int attempt = Math.max(0, reason.lost() - 1);
    RunInfo run =
        new RunInfo(
            "",
            "",
            attempt,
            Instant.now(),
            0,
            "",
            0,
            "",
            "",
            "",
            sparkVersion,
            Machine.codeVersion());
    String error = String.valueOf(reason.getMessage());
    if (group.size() > 1) {
      error =
          "its group (%s trials from trial %s on) was %s"
              .formatted(
                  group.size(),
                  group.first().ordinal(),
                  error.startsWith("lost ") ? error : "lost: " + error);
    }
    TrialResult result = TrialResult.failed(Status.LOST, error);
    return group.trials().stream().map(trial -> new TrialOutcome(trial, result, run)).toList();
  }
}
