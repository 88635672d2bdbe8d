package dev.sieve.search.plan;

import dev.sieve.error.UserException;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.SearchSpec;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.trial.Phase;
import java.util.List;
import java.util.Map;

/** Plans the coarse phase; what other phases need of it. */
public final class CoarsePlanner {
  private final Planner planner;

  public CoarsePlanner(Planner planner) {
    this.planner = planner;
  }

  /**
   * The coarse phase as the file has it.
   *
   * @throws UserException if the file has none, or another plan than the one it began with
   */
  public PhasePlan plan() {
    return planned().plan();
  }

  /** The same, with the search itself where the phase adapts. */
  public PlannedPhase planned() {
    CoarseSpec spec = spec();
    Map<String, String> identity =
        planner.identity(spec.sampler(), spec.replicates(), spec.space(), spec.enqueue());
    PlannedPhase planned =
        planner.plan(
            new SearchSpec(
                Phase.COARSE,
                0,
                spec.sampler(),
                spec.configurations(),
                spec.replicates(),
                spec.enqueue(),
                List.of(spec.space()),
                identity,
                ""),
            null);
    planner.history().requireSame(planned.plan(), "");
    return planned;
  }

  public CoarseSpec spec() {
    CoarseSpec spec = planner.definition().coarse();
    if (spec == null) {
      throw new UserException(
          "the file must have a phase coarse for this, but has none: add coarse { space { … } }");
    }
    return spec;
  }

  /** A line for each axis at whose edge the best lies. */
  public List<String> warnings() {
    EdgeWarnings edges =
        new EdgeWarnings(spec().space(), planner.definition().resolver(), "coarse");
    return eligible().stream().findFirst().map(edges::warnings).orElse(List.of());
  }

  /** What may be picked, best first. */
  List<LeaderboardRow> eligible() {
    return planner.history().leaderboard(Phase.COARSE, 0).stream()
        .filter(LeaderboardRow::eligible)
        .toList();
  }

  boolean finished() {
    PhaseRow record = planner.history().find(Phase.COARSE, 0);
    return record != null
        && record.state() == PhaseRow.State.DONE
        && planner.unfinished(plan()).isEmpty();
  }

  /** Refuses fine while coarse has something left to run, unless part of coarse may do. */
  void requireFinished() {
    PhasePlan plan = plan();
    String study = planner.definition().name();
    PhaseRow record = planner.history().find(Phase.COARSE, 0);
    if (record == null) {
      throw new UserException(
          "fine needs a finished coarse phase, but study %s has none: run coarse first"
              .formatted(study));
    }
    int missing = plan.size() - plan.trials().size() + planner.unfinished(plan).size();
    boolean open =
        missing > 0 || (record.state() != PhaseRow.State.DONE && !planner.finished().acceptsLost());
    if (!open || planner.partial()) {
      return;
    }
    List<Integer> lost = planner.finished().lost(Phase.COARSE, 0);
    if (!lost.isEmpty() && !planner.finished().acceptsLost()) {
      throw new UserException(
          "fine needs a finished coarse phase, but %s of coarse in study %s %s lost: run coarse first, it trains what was lost again, or go on without: --accept-lost"
              .formatted(Finished.names(lost), study, lost.size() == 1 ? "was" : "were"));
    }
    throw new UserException(
        "fine needs a finished coarse phase, but %s of %s trials of coarse in study %s have no result yet: run coarse first, it goes on where it stopped, or zoom in on what there is: --allow-partial"
            .formatted(missing, plan.size(), study));
  }
}
