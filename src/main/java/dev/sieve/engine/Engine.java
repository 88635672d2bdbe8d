package dev.sieve.engine;

import dev.sieve.data.Standardiser;
import dev.sieve.trial.TrialGroup;

/**
 * A way to train networks. Stateless and thread-safe; each {@link #open} gives a session of its
 * own.
 */
public interface Engine {
  /** As the configuration names it: {@code reference}. A column of every result. */
  String type();

  /** The kernels in use, for example {@code ejml}. */
  String provider();

  /** Width of the machine's vectors in use, 0 where the engine uses none. */
  int vectorBits();

  /**
   * Initialises one network per trial of the group: weights from the trial's seed, replicate and
   * initialiser.
   *
   * @param standardiser applied to every batch; its inputs are the network's
   */
  EngineSession open(TrialGroup group, Standardiser standardiser);
}
