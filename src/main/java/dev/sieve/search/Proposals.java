package dev.sieve.search;

import dev.sieve.random.Seed;
import dev.sieve.trial.Configuration;
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
  private boolean exhausted;

  Proposals(Search search, Seed seed) {
    this.search = search;
    this.sampler = Sampler.of(search.sampler());
    this.seed = seed;
  }

  /** The next configuration; null where all asked for were proposed, or none is left. */
  @Nullable Configuration next() {
    int extra = search.enqueue().size();
    if (exhausted || past.size() >= extra + search.configurations()) {
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

  /** How many there will be, as far as is known. */
  int size() {
    return exhausted ? past.size() : search.enqueue().size() + search.configurations();
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
    past.set(index, Told.together(past.get(index), List.of(all)));
  }
}
