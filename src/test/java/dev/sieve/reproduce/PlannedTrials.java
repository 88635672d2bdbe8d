package dev.sieve.reproduce;

import dev.sieve.config.Experiment;
import dev.sieve.search.MemoryTrialStore;
import dev.sieve.search.ScriptedExecutor;
import dev.sieve.search.Studies;
import dev.sieve.search.Study;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The trials that the reports' studies would run, with made-up figures, without training. */
final class PlannedTrials {
  private static final List<String> COLUMNS =
      List.of(
          "train_",
          "validation_",
          "test_",
          "untrained_train_",
          "untrained_validation_",
          "untrained_test_");

  private PlannedTrials() {}

  /** A study's phases one after the other through the real study loop. */
  static List<EvidenceRow> of(Experiment experiment) {
    StudyDefinition definition = experiment.definition("cifar-10", "0");
    ScriptedExecutor executor = new ScriptedExecutor(1);
    try (MemoryTrialStore store = new MemoryTrialStore()) {
      Study study = new Study(definition, store, executor, new Studies.Heard());
      for (Phase phase : experiment.phases()) {
        study.run(phase);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    List<EvidenceRow> rows = new ArrayList<>();
    for (TrialGroup group : executor.submitted()) {
      for (Trial trial : group.trials()) {
        rows.add(row(trial));
      }
    }
    return rows;
  }

  private static EvidenceRow row(Trial trial) {
    Random random = new Random(trial.key().hashCode());
    Map<String, Double> figures = new HashMap<>();
    for (String set : COLUMNS) {
      if (trial.settings().evaluateTest() || !set.contains("test")) {
        figures.put(set + "accuracy", 0.5 + 0.01 * random.nextGaussian());
        figures.put(set + "loss", 1.4 + 0.01 * random.nextGaussian());
        figures.put(set + "cost", 1.5 + 0.01 * random.nextGaussian());
      }
    }
    return new EvidenceRow(
        trial.key().study(),
        trial.key().phase().label(),
        trial.key().configuration(),
        trial.replicate(),
        "done",
        trial.settings().settings(),
        figures,
        null,
        null);
  }
}
