package dev.sieve.search.scheduler;

import dev.sieve.random.Seed;
import dev.sieve.search.definition.Budget;
import dev.sieve.search.definition.SearchSpec;
import dev.sieve.search.sampler.Observation;
import dev.sieve.search.sampler.Sampler;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configurations of a phase that adapts: asks the sampler for one after the other, or where
 * only the rungs adapt, for all at the beginning.
 */
public final class AskTell {
  private final SearchSpec search;
  private final Sampler sampler;
  private final Seed seed;
  private final List<Observation> past = new ArrayList<>();
  private final Map<String, Integer> indices = new HashMap<>();
  private final Budget budget;
  private final BudgetTally allowance;
  private final @Nullable List<Configuration> fixed;
  private String target = "";
  private boolean exhausted;

  public AskTell(SearchSpec search, Budget budget, Seed seed) {
    this.search = search;
    this.sampler = Sampler.of(search.sampler());
    this.seed = seed;
    this.budget = budget;
    this.allowance = new BudgetTally(search.phase(), budget);
    List<Observation> extra = search.enqueue().stream().map(Observation::running).toList();
    this.fixed =
        sampler.adapts()
            ? null
            : sampler.next(search.boxes(), extra, search.configurations(), seed);
  }

  /** The next configuration; null where all asked for were proposed, or none is left or needed. */
  @Nullable Configuration next() {
    if (!limit().isEmpty()) {
      return null;
    }
    Configuration next = past.size() < size() ? propose() : null;
    if (next == null) {
      exhausted = true;
      return null;
    }
    indices.put(next.id(), past.size());
    past.add(Observation.running(next));
    return next;
  }

  /** Whether the budget has room for what was proposed last; else it is taken back. */
  boolean admits(TrialSettings settings) {
    return admits(allowance.epochs() + search.replicates() * settings.epochs());
  }

  /** Whether the budget allows so many epochs of all trials together. */
  boolean affords(long epochsInAll) {
    return budget.epochs() == null || epochsInAll <= budget.epochs();
  }

  /** The same where all trials together, with those proposed last, are to take so many epochs. */
  boolean admits(long epochsInAll) {
    if (allowance.takes(search.replicates(), epochsInAll)) {
      return true;
    }
    past.remove(past.size() - 1);
    return false;
  }

  /** Which budget ended the proposals; empty for none. */
  String limit() {
    return target.isEmpty() ? allowance.limit() : target;
  }

  private @Nullable Configuration propose() {
    int extra = search.enqueue().size();
    if (past.size() < extra) {
      return search.enqueue().get(past.size());
    }
    if (fixed != null) {
      return fixed.get(past.size() - extra);
    }
    List<Configuration> one = sampler.next(search.boxes(), past, 1, seed);
    return one.isEmpty() ? null : one.get(0);
  }

  /** How many there will be, as far as is known. */
  public int size() {
    if (exhausted || !limit().isEmpty()) {
      return past.size();
    }
    return search.enqueue().size() + (fixed != null ? fixed.size() : search.configurations());
  }

  /** What the sampler sees of a configuration from now on: how it stood at its highest rung. */
  Observation tell(String configuration, List<KnownOutcome> replicates) {
    Integer index = indices.get(configuration);
    if (index == null) {
      throw new IllegalStateException("no configuration " + configuration + " was proposed");
    }
    Observation seen = KnownOutcome.together(past.get(index), replicates);
    past.set(index, seen);
    if (target.isEmpty() && budget.reachedBy(seen.score())) {
      target = TargetAccuracy.reason(budget, configuration);
    }
    return seen;
  }
}
