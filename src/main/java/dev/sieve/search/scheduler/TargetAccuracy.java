package dev.sieve.search.scheduler;

import dev.sieve.search.definition.Budget;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.sampler.Observation;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a configuration of a plan that does not adapt has reached the accuracy that is enough:
 * with all its replicates, by their mean. Where a phase adapts, its search asks in virtual time.
 */
public final class TargetAccuracy {
  private final Budget budget;
  private final Map<String, List<Trial>> configurations = new LinkedHashMap<>();

  public TargetAccuracy(Budget budget, PhasePlan plan) {
    this.budget = budget;
    if (budget.targetAccuracy() == null) {
      return;
    }
    for (Trial trial : plan.trials()) {
      configurations
          .computeIfAbsent(trial.key().configuration(), id -> new ArrayList<>())
          .add(trial);
    }
  }

  /** The first in the plan's order that has reached it, as a reason to end; empty for none. */
  public String reached(Map<TrialKey, KnownOutcome> told) {
    for (Map.Entry<String, List<Trial>> entry : configurations.entrySet()) {
      if (reached(entry.getValue(), told)) {
        return reason(budget, entry.getKey());
      }
    }
    return "";
  }

  /** As {@link #reached(Map)}, but looks at one configuration alone. */
  public String reached(String configuration, Map<TrialKey, KnownOutcome> told) {
    List<Trial> replicates = configurations.get(configuration);
    return replicates != null && reached(replicates, told) ? reason(budget, configuration) : "";
  }

  static String reason(Budget budget, String configuration) {
    return "configuration %s has reached budget.target-accuracy = %s"
        .formatted(configuration, budget.targetAccuracy());
  }

  private boolean reached(List<Trial> replicates, Map<TrialKey, KnownOutcome> told) {
    List<KnownOutcome> outcomes = new ArrayList<>();
    for (Trial trial : replicates) {
      @Nullable KnownOutcome outcome = told.get(trial.key());
      if (outcome == null) {
        return false;
      }
      outcomes.add(outcome);
    }
    Observation running = Observation.running(replicates.get(0).configuration());
    return budget.reachedBy(KnownOutcome.together(running, outcomes).score());
  }
}
