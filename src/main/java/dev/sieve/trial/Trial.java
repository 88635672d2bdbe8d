package dev.sieve.trial;

import java.io.Serializable;

/**
 * One training of one configuration with one replicate, planned by the driver: nothing that decides
 * its result is left open.
 *
 * @param ordinal number within (study, phase, level), in the order of first planning
 * @param seed the study's seed, from which with the replicate every draw follows
 * @param stage the steps to train now; what was trained before is the checkpoint of the rung before
 */
public record Trial(
    TrialKey key,
    int ordinal,
    Configuration configuration,
    TrialSettings settings,
    long seed,
    Stage stage)
    implements Serializable {
  public Trial {
    if (key.rung() != stage.rung() || stage.to() > settings.steps()) {
      throw new IllegalArgumentException(
          "a trial's stage must be of its key's rung and within its %s steps, but got %s and %s"
              .formatted(settings.steps(), stage, key));
    }
  }

  /** A trial that trains all its steps at once. */
  public Trial(
      TrialKey key, int ordinal, Configuration configuration, TrialSettings settings, long seed) {
    this(key, ordinal, configuration, settings, seed, Stage.whole(settings.steps()));
  }

  public int replicate() {
    return key.replicate();
  }

  /** For people: as the tables name it. */
  public String name() {
    return "trial %s (configuration %s, replicate %s)"
        .formatted(ordinal, key.configuration(), key.replicate());
  }

  /** Virtual duration of the stage: steps × batch × floating-point operations an image. */
  public double work() {
    return (double) (stage.to() - stage.from())
        * settings.training().batchSize()
        * settings.network().trainingFlops();
  }

  /**
   * Floating-point operations of the evaluations between the stage's steps.
   *
   * @param testImages images of the data set's test set
   */
  public double evaluationWork(int testImages) {
    return (double) settings.evaluatedImages(stage, testImages) * settings.network().forwardFlops();
  }
}
