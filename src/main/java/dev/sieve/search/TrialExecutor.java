package dev.sieve.search;

import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Where groups run. Used by the study loop's thread alone, but for {@link #cancel}, which any
 * thread may call.
 */
public interface TrialExecutor extends AutoCloseable {
  /** Starts a group, or queues it where all places are taken; returns at once. */
  void submit(TrialGroup group);

  /** Groups that can run at the same time. */
  int slots();

  /** Groups submitted whose outcomes were not yet handed out. */
  int pending();

  /**
   * Waits for the next group to end, at most so long.
   *
   * @return an outcome for every trial of the group, failures as data; empty where the time ran out
   *     or the group was cancelled
   */
  List<TrialOutcome> await(Duration atMost) throws InterruptedException;

  /**
   * Lets go of what trials left behind to go on from: they are done, were stopped, or went on to a
   * later rung that has a row.
   *
   * @param keys of the rungs whose checkpoints nobody will ask for again; others are ignored
   */
  default void forget(Collection<TrialKey> keys) {}

  /** Starts no new group and ends the running ones soon; they have no outcomes. */
  void cancel();

  @Override
  void close();
}
