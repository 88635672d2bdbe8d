package dev.sieve.search;

import dev.sieve.random.Seed;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configurations of an adaptive phase: asks the sampler for one after the other. */
final class Proposals {
  private final Search search;
  private final Sampler sampler;
  private final Seed seed;
  private final List<Observation> past = new ArrayList<>();
  private final Map<String, Integer> indices = new HashMap<>();
  private final Map<String, Told[]> replicates = new HashMap<>();
  private final Budget budget;
  private final Allowance allowance;
  private String target = "";
  private boolean exhausted;

  Proposals(Search search, Budget budget, Seed seed) {
    this.search = search;
    this.sampler = Sampler.of(search.sampler());
    this.seed = seed;
    this.budget = budget;
    this.allowance = new Allowance(search.phase(), budget);
  }

  /** The next configuration; null where all asked for were proposed, or none is left or needed. */
  @Nullable Configuration next() {
    int extra = search.enqueue().size();
    if (exhausted || !limit().isEmpty() || past.size() >= extra + search.configurations()) {
      return null;
    }
    List<Configuration> one =
        past.size() < extra
            ? List.of(search.enqueue().get(past.size()))
            : sampler.next(search.boxes(), past, 1, seed);
    if (one.isEmpty()) {
      exhausted = true;
      return null;
    }
    Configuration next = one.get(0);
    indices.put(next.id(), past.size());
    replicates.put(next.id(), new Told[search.replicates()]);
    past.add(Observation.running(next));
    return next;
  }

  /** Whether the budget has room for what was proposed last; else it is taken back. */
  boolean admits(TrialSettings settings) {
    if (allowance.takes(search.replicates(), search.replicates() * settings.epochs())) {
      return true;
    }
    past.remove(past.size() - 1);
    return false;
  }

  /** Which budget ended the proposals; empty for none. */
  String limit() {
    return target.isEmpty() ? allowance.limit() : target;
  }

  /** How many there will be, as far as is known. */
  int size() {
    return exhausted || !limit().isEmpty()
        ? past.size()
        : search.enqueue().size() + search.configurations();
  }

  /** An outcome; the sampler sees a configuration's once all its replicates have theirs. */
  void tell(String configuration, int replicate, Told told) {
    Told[] all = replicates.get(configuration);
    Integer index = indices.get(configuration);
    if (all == null || index == null) {
      throw new IllegalStateException("no configuration " + configuration + " was proposed");
    }
    all[replicate] = told;
    for (Told one : all) {
      if (one == null) {
        return;
      }
    }
    Observation outcome = Told.together(past.get(index), List.of(all));
    past.set(index, outcome);
    if (target.isEmpty() && budget.reachedBy(outcome.score())) {
      target = Target.reason(budget, configuration);
    }
  }
}
