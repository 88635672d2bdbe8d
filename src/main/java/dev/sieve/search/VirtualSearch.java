package dev.sieve.search;

import dev.sieve.trial.Configuration;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialSettings;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * An adaptive phase under a simulated clock. {@code parallel} trials run side by side, each for its
 * {@link Trial#work()}. All that end at one virtual time are told together, in trial order; then
 * all free places are filled one by one, those just filled counting as running. So the decisions
 * depend on the plan and the outcomes alone, not on when and where these arrive, and are made again
 * from the table's rows by a driver that resumes.
 */
final class VirtualSearch {
  private record Running(Trial trial, BigDecimal end) {}

  /** Makes a trial of a configuration. */
  interface Maker {
    TrialSettings settings(Configuration configuration);

    Trial trial(Configuration configuration, TrialSettings settings, int replicate, int ordinal);

    /** The plan as far as it is known. */
    PhasePlan plan(List<Trial> trials, int size);
  }

  private final int parallel;
  private final int replicates;
  private final Proposals proposals;
  private final Maker maker;
  private final List<Trial> trials = new ArrayList<>();
  private final Deque<Trial> waiting = new ArrayDeque<>();
  private final PriorityQueue<Running> running =
      new PriorityQueue<>(
          Comparator.comparing(Running::end).thenComparingInt(next -> next.trial().ordinal()));

  /** Exact: work is a whole number, and equal times must be equal. */
  private BigDecimal now = BigDecimal.ZERO;

  VirtualSearch(int parallel, int replicates, Proposals proposals, Maker maker) {
    this.parallel = parallel;
    this.replicates = replicates;
    this.proposals = proposals;
    this.maker = maker;
    fill();
  }

  /** What runs now and ends first, in trial order; empty where the phase is at its end. */
  List<Trial> due() {
    Running first = running.peek();
    if (first == null) {
      return List.of();
    }
    return running.stream()
        .filter(next -> next.end().compareTo(first.end()) == 0)
        .map(Running::trial)
        .sorted(Comparator.comparingInt(Trial::ordinal))
        .toList();
  }

  /** Everything that runs now, in trial order. */
  List<Trial> running() {
    return running.stream()
        .map(Running::trial)
        .sorted(Comparator.comparingInt(Trial::ordinal))
        .toList();
  }

  /** Goes on as far as outcomes are known. */
  void advance(Map<TrialKey, Told> outcomes) {
    for (List<Trial> due = due(); !due.isEmpty(); due = due()) {
      if (!due.stream().allMatch(trial -> outcomes.containsKey(trial.key()))) {
        return;
      }
      for (Trial trial : due) {
        Running next = running.remove();
        now = next.end();
        Told told = outcomes.get(trial.key());
        if (told != null) {
          proposals.tell(trial.key().configuration(), trial.replicate(), told);
        }
      }
      fill();
    }
  }

  boolean finished() {
    return running.isEmpty();
  }

  /** Which budget ended the phase before its configurations did; empty for none. */
  String limit() {
    return proposals.limit();
  }

  /** All trials begun so far. */
  PhasePlan plan() {
    int size = finished() ? trials.size() : Math.max(trials.size(), proposals.size() * replicates);
    return maker.plan(trials, size);
  }

  private void fill() {
    while (running.size() < parallel) {
      Trial next = next();
      if (next == null) {
        return;
      }
      trials.add(next);
      running.add(new Running(next, now.add(new BigDecimal(next.work()))));
    }
  }

  private @Nullable Trial next() {
    if (waiting.isEmpty()) {
      Configuration configuration = proposals.next();
      if (configuration == null) {
        return null;
      }
      TrialSettings settings = maker.settings(configuration);
      if (!proposals.admits(settings)) {
        return null;
      }
      for (int replicate = 0; replicate < replicates; replicate++) {
        waiting.add(maker.trial(configuration, settings, replicate, trials.size() + replicate));
      }
    }
    return waiting.remove();
  }
}
