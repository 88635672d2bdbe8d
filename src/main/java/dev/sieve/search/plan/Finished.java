package dev.sieve.search.plan;

import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.scheduler.KnownOutcome;
import dev.sieve.search.scheduler.SimulatedSearch;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Which of a study's rows are results. A lost trial has none: it runs again, unless the user
 * accepts the loss, or decisions were made past it once, which its result could contradict.
 */
public final class Finished {
  private final Supplier<StudyHistory> history;
  private final Set<TrialKey> decidedPast = new HashSet<>();
  private boolean acceptsLost;

  Finished(Supplier<StudyHistory> history) {
    this.history = history;
  }

  /** From now on a lost trial is one without a figure, as a failed one is. */
  public void acceptLost() {
    acceptsLost = true;
  }

  public boolean acceptsLost() {
    return acceptsLost;
  }

  /** The results of a phase by key. */
  public Map<TrialKey, KnownOutcome> of(Phase phase, int level) {
    return of(history.get().rungs(phase, level));
  }

  private Map<TrialKey, KnownOutcome> of(List<TrialRow> rows) {
    Map<TrialKey, KnownOutcome> finished = new HashMap<>();
    for (TrialRow row : rows) {
      if (row.status() != Status.LOST || acceptsLost || decidedPast.contains(row.key())) {
        finished.put(row.key(), KnownOutcome.of(row));
      }
    }
    return finished;
  }

  /** Goes on with a search as far as results lead. */
  void advance(SimulatedSearch search, Phase phase, int level) {
    List<TrialRow> rows = history.get().rungs(phase, level);
    do {
      search.advance(of(rows));
    } while (wentOn(search, rows));
  }

  /**
   * Whether there are rows that only a decision past a lost trial explains; if so, the trial is
   * taken as it was taken then.
   */
  private boolean wentOn(SimulatedSearch search, List<TrialRow> rows) {
    Set<TrialKey> begun =
        search.plan().trials().stream().map(Trial::key).collect(Collectors.toSet());
    if (rows.stream().allMatch(row -> begun.contains(row.key()))) {
      return false;
    }
    Set<TrialKey> due = search.due().stream().map(Trial::key).collect(Collectors.toSet());
    List<TrialKey> lost =
        rows.stream()
            .filter(row -> row.status() == Status.LOST && due.contains(row.key()))
            .map(TrialRow::key)
            .toList();
    return decidedPast.addAll(lost);
  }

  /** Ordinals of a phase's lost trials. */
  List<Integer> lost(Phase phase, int level) {
    return history.get().rungs(phase, level).stream()
        .filter(row -> row.status() == Status.LOST)
        .map(TrialRow::ordinal)
        .sorted()
        .toList();
  }

  /** The same of those that stay lost, since the phase was decided past them. */
  public List<Integer> staysLost(Phase phase, int level) {
    return history.get().rungs(phase, level).stream()
        .filter(row -> decidedPast.contains(row.key()))
        .map(TrialRow::ordinal)
        .sorted()
        .toList();
  }

  /** Whether a phase that was cut has a row for each of its trials, if only lost ones for some. */
  boolean lacksOnlyLost(PhaseRow record) {
    List<TrialRow> rows = history.get().rungs(record.phase(), record.level());
    return rows.size() >= record.trials()
        && rows.stream().anyMatch(row -> row.status() == Status.LOST);
  }

  /** {@code trial 3}, {@code trials 3, 7 and 9 more}. */
  public static String names(List<Integer> ordinals) {
    int most = 10;
    String shown =
        ordinals.stream().limit(most).map(String::valueOf).collect(Collectors.joining(", "));
    String more = ordinals.size() > most ? " and %s more".formatted(ordinals.size() - most) : "";
    return (ordinals.size() == 1 ? "trial " : "trials ") + shown + more;
  }
}
