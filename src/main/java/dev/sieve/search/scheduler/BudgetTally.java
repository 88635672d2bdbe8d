package dev.sieve.search.scheduler;

import dev.sieve.error.UserException;
import dev.sieve.search.definition.Budget;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a budget of trials and epochs still allows. It takes whole configurations, in the order of
 * the plan, and the first that does not fit in ends it; so it is a function of the plan alone, and
 * every configuration that begins can be ranked.
 */
public final class BudgetTally {
  private final Phase phase;
  private final Budget budget;
  private long trials;
  private long epochs;
  private String limit = "";

  public BudgetTally(Phase phase, Budget budget) {
    this.phase = phase;
    this.budget = budget;
  }

  /**
   * Takes a configuration's trials where they fit in.
   *
   * @param epochsInAll planned ones of all trials, its own among them
   * @throws UserException if not even the first configuration does
   */
  public boolean takes(int replicates, long epochsInAll) {
    if (!limit.isEmpty()) {
      return false;
    }
    Integer mostTrials = budget.trials();
    Integer mostEpochs = budget.epochs();
    if (mostTrials != null && trials + replicates > mostTrials) {
      end("trials", mostTrials, replicates);
    } else if (mostEpochs != null && epochsInAll > mostEpochs) {
      end("epochs", mostEpochs, epochsInAll);
    } else {
      trials += replicates;
      epochs = epochsInAll;
    }
    return limit.isEmpty();
  }

  /** PlannedPhase epochs of all that was taken. */
  long epochs() {
    return epochs;
  }

  /** Which budget ended it, for people; empty while there is room. */
  public String limit() {
    return limit;
  }

  /** The trials of the configurations that fit in, in their order. */
  public List<Trial> of(List<Trial> plan) {
    Map<String, List<Trial>> configurations = new LinkedHashMap<>();
    for (Trial trial : plan) {
      configurations
          .computeIfAbsent(trial.key().configuration(), id -> new ArrayList<>())
          .add(trial);
    }
    configurations
        .values()
        .removeIf(
            all ->
                !takes(
                    all.size(), epochs + all.stream().mapToLong(t -> t.settings().epochs()).sum()));
    return plan.stream()
        .filter(trial -> configurations.containsKey(trial.key().configuration()))
        .toList();
  }

  private void end(String name, int most, long needed) {
    if (trials == 0) {
      throw new UserException(
          "%s.budget.%s must allow one configuration with all its replicates, which takes %s %2$s, but is %s: raise it"
              .formatted(phase.label(), name, needed, most));
    }
    limit = "budget.%s = %s allows no further configuration".formatted(name, most);
  }
}
