package dev.sieve.reproduce;

import dev.sieve.config.Experiment;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.plan.Preview;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.trial.Phase;
import java.util.List;

/**
 * What a study trains, counted from its file alone.
 *
 * @param training floating-point operations of the training steps' matrix products
 * @param evaluation the same of every evaluation of the plan
 */
public record StudyCost(int trials, long epochs, double training, double evaluation) {
  public static final StudyCost NOTHING = new StudyCost(0, 0, 0, 0);

  /**
   * The cost of one study.
   *
   * @param testImages images of the data set's test set
   */
  public static StudyCost of(Experiment experiment, int testImages) {
    StudyDefinition definition = experiment.definition("", "");
    StudyCost cost = NOTHING;
    for (Phase phase : experiment.phases()) {
      for (Preview preview :
          Preview.of(definition, StudyHistory.empty(definition.name()), phase, 1)) {
        cost =
            cost.plus(
                new StudyCost(
                    preview.trials(),
                    preview.epochs(),
                    preview.flops(),
                    preview.evaluationFlops(testImages)));
      }
    }
    return cost;
  }

  /** Of several studies together. */
  public static StudyCost of(List<Experiment> experiments, int testImages) {
    return experiments.stream()
        .map(experiment -> of(experiment, testImages))
        .reduce(NOTHING, StudyCost::plus);
  }

  /** So much of it. */
  public StudyCost times(double share) {
    return new StudyCost(
        (int) Math.round(share * trials),
        Math.round(share * epochs),
        share * training,
        share * evaluation);
  }

  /** Floating-point operations of all. */
  public double flops() {
    return training + evaluation;
  }

  public StudyCost plus(StudyCost other) {
    return new StudyCost(
        trials + other.trials,
        epochs + other.epochs,
        training + other.training,
        evaluation + other.evaluation);
  }
}
