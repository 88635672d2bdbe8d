package dev.sieve.search;

import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.TrialStore;
import dev.sieve.search.scheduler.KnownOutcome;
import dev.sieve.search.scheduler.SimulatedSearch;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run writes down, and which checkpoints it lets go of, where trials stop at rungs. */
final class PausedTrials {
  private final @Nullable SimulatedSearch search;
  private final TrialStore store;
  private final TrialExecutor executor;
  private final Map<TrialKey, KnownOutcome> told;

  /**
   * @param told the rows of the table; kept up to date
   */
  PausedTrials(
      @Nullable SimulatedSearch search,
      TrialStore store,
      TrialExecutor executor,
      Map<TrialKey, KnownOutcome> told) {
    this.search = search;
    this.store = store;
    this.executor = executor;
    this.told = told;
  }

  /** Writes down who was stopped; their checkpoints are of no more use. */
  void prune() {
    if (search == null) {
      return;
    }
    List<TrialKey> stopped =
        search.stopped().stream().map(Trial::key).filter(this::paused).toList();
    if (stopped.isEmpty()) {
      return;
    }
    store.prune(stopped);
    stopped.forEach(key -> told.computeIfPresent(key, (k, row) -> row.pruned()));
    executor.forget(stopped);
  }

  private boolean paused(TrialKey key) {
    KnownOutcome row = told.get(key);
    return row != null && row.status() == Status.PAUSED;
  }

  /** A trial goes on from its last rung alone. */
  void forgetStagesBefore(List<TrialOutcome> outcomes) {
    List<TrialKey> before =
        outcomes.stream()
            .filter(outcome -> outcome.trial().stage().from() > 0)
            .map(outcome -> outcome.trial().key().before())
            .toList();
    if (!before.isEmpty()) {
      executor.forget(before);
    }
  }

  /** A driver that died may have come no further than the rows. */
  void forgetLeftovers(PhasePlan plan) {
    if (search == null || told.isEmpty()) {
      return;
    }
    Set<TrialKey> left = new HashSet<>();
    search.stopped().forEach(trial -> left.add(trial.key()));
    for (Trial trial : plan.trials()) {
      if (trial.stage().from() > 0 && told.containsKey(trial.key())) {
        left.add(trial.key().before());
      }
    }
    if (!left.isEmpty()) {
      executor.forget(left);
    }
  }

  /** Of what was kept within stages nothing stays but that of open trials and of lost ones. */
  void forgetAllBut(PhasePlan plan, List<Trial> open) {
    List<Trial> stay = new ArrayList<>(open);
    for (Trial trial : plan.trials()) {
      KnownOutcome row = told.get(trial.key());
      if (row != null && row.status() == Status.LOST) {
        stay.add(trial);
      }
    }
    forgetBut(plan, stay);
  }

  /** A plan has ended, and nothing stays of what was kept within its stages. */
  void forgetAll(PhasePlan plan) {
    forgetBut(plan, List.of());
  }

  /**
   * Nothing stays of other phases that are done either: an attempt that went on beside another one,
   * or on an executor that nobody heard of any more, may have kept what it had after their end.
   */
  private void forgetBut(PhasePlan plan, List<Trial> stay) {
    executor.forgetAllBut(plan.study(), plan.phase(), plan.level(), stay);
    for (PhaseRow other : store.history().phases()) {
      boolean own = other.phase() == plan.phase() && other.level() == plan.level();
      if (!own && other.state() == PhaseRow.State.DONE) {
        executor.forgetAllBut(plan.study(), other.phase(), other.level(), List.of());
      }
    }
  }
}
