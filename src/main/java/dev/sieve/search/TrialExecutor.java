package dev.sieve.search;

import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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

  /**
   * How far trials are within their stage by what was kept of them, of earlier runs too.
   *
   * @return steps taken, the stages' before included; nothing for trials that begin their stage
   */
  default Map<TrialKey, Long> kept(Collection<Trial> trials) {
    return Map.of();
  }

  /** These trials have durable rows: what was kept of them within their stage may go. */
  default void settled(Collection<TrialOutcome> outcomes) {}

  /**
   * Lets go of all that was kept within stages of a phase, whoever left it, but of some trials.
   *
   * @param trials that have no row yet
   */
  default void forgetAllBut(String study, Phase phase, int level, Collection<Trial> trials) {}

  /** What a user should know of where groups run, each line once. */
  default List<String> notes() {
    return List.of();
  }

  /** Why no group will ever run, for people; empty as long as one may. */
  default String stuck() {
    return "";
  }

  /**
   * Takes back every group that was submitted: none of them starts, those that run end soon, and
   * they have no outcomes. Others may be submitted afterwards.
   */
  void withdraw();

  /** Starts no new group and ends the running ones soon; they have no outcomes. */
  void cancel();

  @Override
  void close();
}
