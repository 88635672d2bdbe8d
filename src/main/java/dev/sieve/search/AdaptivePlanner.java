package dev.sieve.search;

import dev.sieve.random.Seed;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialSettings;
import java.util.List;
import java.util.SortedMap;

/** Makes the trials of a phase that adapts. */
final class AdaptivePlanner implements VirtualSearch.Maker {
  private final Planner planner;
  private final Search search;
  private final SortedMap<String, String> identity;

  AdaptivePlanner(Planner planner, Search search) {
    this.planner = planner;
    this.search = search;
    Configuration any = Planner.any(search.boxes().get(0));
    this.identity = planner.identity(search.phase(), any, search.axes(), search.identity());
  }

  /** The search at its beginning. */
  VirtualSearch search(Seed seed) {
    planner.requireSome(search.phase(), search.configurations(), search.replicates());
    return new VirtualSearch(
        planner.definition().search().parallel(),
        search.replicates(),
        new Proposals(search, planner.definition().budget(search.phase()), seed),
        this);
  }

  @Override
  public TrialSettings settings(Configuration configuration) {
    return planner.definition().resolver().resolve(search.phase(), configuration);
  }

  @Override
  public Trial trial(
      Configuration configuration, TrialSettings settings, int replicate, int ordinal) {
    StudyDefinition definition = planner.definition();
    TrialKey key =
        new TrialKey(
            definition.name(), search.phase(), search.level(), configuration.id(), replicate, 0);
    return new Trial(key, ordinal, configuration, settings, definition.seed());
  }

  @Override
  public PhasePlan plan(List<Trial> trials, int size) {
    return new PhasePlan(
        planner.definition().name(),
        search.phase(),
        search.level(),
        trials,
        size,
        identity,
        search.box());
  }
}
