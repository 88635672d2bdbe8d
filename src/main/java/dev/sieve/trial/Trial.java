package dev.sieve.trial;

import java.io.Serializable;

/**
 * One training of one configuration with one replicate, planned by the driver: nothing that decides
 * its result is left open.
 *
 * @param ordinal number within (study, phase, level), in the order of first planning
 * @param seed the study's seed, from which with the replicate every draw follows
 */
public record Trial(
    TrialKey key, int ordinal, Configuration configuration, TrialSettings settings, long seed)
    implements Serializable {
  public int replicate() {
    return key.replicate();
  }

  /** Virtual duration: steps × batch × floating-point operations an image. */
  public double work() {
    return (double) settings.steps()
        * settings.training().batchSize()
        * settings.network().trainingFlops();
  }
}
