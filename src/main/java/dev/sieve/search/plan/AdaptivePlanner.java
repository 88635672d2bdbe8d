package dev.sieve.search.plan;

import dev.sieve.error.UserException;
import dev.sieve.random.Seed;
import dev.sieve.search.definition.RungSpec;
import dev.sieve.search.definition.SearchSpec;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.scheduler.AskTell;
import dev.sieve.search.scheduler.RungScheduler;
import dev.sieve.search.scheduler.SimulatedSearch;
import dev.sieve.search.scheduler.TrialMaker;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialSettings;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Makes the trials of a phase that adapts to outcomes, by its sampler or its rungs. */
final class AdaptivePlanner implements TrialMaker {
  private final Planner planner;
  private final SearchSpec search;
  private final SortedMap<String, String> identity;
  private final Configuration any;

  /** RungSpec of the configurations seen so far; 0 for none. */
  private int rungCount;

  AdaptivePlanner(Planner planner, SearchSpec search) {
    this.planner = planner;
    this.search = search;
    this.any = Planner.any(search.boxes().get(0));
    this.identity = planner.identity(search.phase(), any, search.axes(), search.identity());
  }

  /** The search at its beginning. */
  SimulatedSearch search(Seed seed) {
    RungSpec rungs = rungs();
    int count = steps(planner.base(search.phase(), any)).size();
    AskTell proposals = new AskTell(search, planner.definition().budget(search.phase()), seed);
    planner.requireSome(search.phase(), proposals.size(), search.replicates());
    return new SimulatedSearch(
        parallel(rungs), search.replicates(), proposals, RungScheduler.of(rungs, count), this);
  }

  /** Without decisions to be made on the way to it, a whole rung runs at once. */
  private int parallel(@Nullable RungSpec rungs) {
    return search.sampler().adapts() || (rungs != null && rungs.type() == RungSpec.Type.ASHA)
        ? planner.definition().search().parallel()
        : Integer.MAX_VALUE;
  }

  private @Nullable RungSpec rungs() {
    return planner.definition().resolver().rungs(search.phase());
  }

  @Override
  public TrialSettings settings(Configuration configuration) {
    return planner.definition().resolver().resolve(search.phase(), configuration);
  }

  @Override
  public List<Long> steps(TrialSettings settings) {
    RungSpec rungs = rungs();
    if (rungs == null) {
      return List.of(settings.steps());
    }
    try {
      List<Long> steps = rungs.steps(settings);
      if (rungCount > 0 && steps.size() != rungCount) {
        throw new IllegalArgumentException(
            "rungs must be as many in every configuration, but a budget of %s epochs has %s and another has %s; give all the same"
                .formatted(settings.epochs(), steps.size(), rungCount));
      }
      rungCount = steps.size();
      return steps;
    } catch (IllegalArgumentException e) {
      throw new UserException("%s.%s".formatted(search.phase().label(), e.getMessage()), e);
    }
  }

  @Override
  public Trial trial(
      Configuration configuration,
      TrialSettings settings,
      int replicate,
      int ordinal,
      Stage stage) {
    StudyDefinition definition = planner.definition();
    TrialKey key =
        new TrialKey(
            definition.name(),
            search.phase(),
            search.level(),
            configuration.id(),
            replicate,
            stage.rung());
    return new Trial(key, ordinal, configuration, settings, definition.seed(), stage);
  }

  @Override
  public PhasePlan plan(List<Trial> trials, int undecided, double work) {
    return new PhasePlan(
        planner.definition().name(),
        search.phase(),
        search.level(),
        trials,
        undecided,
        work,
        identity,
        search.box());
  }
}
