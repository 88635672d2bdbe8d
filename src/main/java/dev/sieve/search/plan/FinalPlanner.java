package dev.sieve.search.plan;

import dev.sieve.error.UserException;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FinalSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.plan.Planner.Draft;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Coordinates;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plans the final training: of the first of the leaderboard of the last finished search phase, or
 * of what the file names. By validation figures only; rows of final are never candidates.
 */
public final class FinalPlanner {
  private final Planner planner;
  private final Consumer<String> notes;

  public FinalPlanner(Planner planner, Consumer<String> notes) {
    this.planner = planner;
    this.notes = notes;
  }

  public PlannedPhase plan() {
    FinalSpec spec = spec();
    Selection picks = picks(spec);
    Map<String, String> identity = new LinkedHashMap<>();
    List<Configuration> picked = picks.configurations();
    for (int i = 0; i < picked.size(); i++) {
      Configuration pick = picked.get(i);
      identity.put("pick." + i, pick.id() + " " + Coordinates.brief(List.of(), pick));
    }
    String box = String.join("\n", picks.lines());
    Set<String> axes = new TreeSet<>();
    picked.forEach(pick -> axes.addAll(pick.values().keySet()));
    PhasePlan plan =
        planner.plan(new Draft(Phase.FINAL, 0, picked, spec.replicates(), axes, identity, box));
    planner.history().requireSame(plan, "");
    return new PlannedPhase(plan, picks, "", null);
  }

  /** Whether there is anything to pick from. */
  boolean open() {
    StudyHistory history = planner.history();
    return spec().configuration() != null
        || (source(history) != null && lostBefore(history).isEmpty());
  }

  FinalSpec spec() {
    FinalSpec spec = planner.definition().last();
    if (spec == null) {
      throw new UserException(
          "the file must have a phase final to run it, but has none: add final { top = 1, replicates = 5 }");
    }
    return spec;
  }

  private Selection picks(FinalSpec spec) {
    Configuration explicit = spec.configuration();
    if (explicit != null) {
      CoarseSpec coarse = planner.definition().coarse();
      List<Axis> axes = coarse == null ? List.of() : coarse.space().axes();
      return Selection.explicit("final.values", axes, explicit);
    }
    StudyHistory history = planner.history();
    requireNoneLost(history);
    PhaseRow source = source(history);
    if (source == null) {
      throw new UserException(
          "final needs a finished search phase, but study %s has none: run coarse first, or pick from what there is: --allow-partial, or give final.values"
              .formatted(planner.definition().name()));
    }
    requireUnchanged(history, source);
    List<Axis> axes = axes(source.phase());
    String name = source.name();
    Integer trial = spec.trial();
    if (trial != null) {
      return Selection.trial(name, axes, trial(source, name, trial));
    }
    List<LeaderboardRow> eligible =
        planner.history().leaderboard(source.phase(), source.level()).stream()
            .filter(LeaderboardRow::eligible)
            .toList();
    if (eligible.isEmpty()) {
      throw new UserException(
          "final needs a configuration whose replicates are all done, but %s of study %s has none: look at status and error in the table trials, or give final.values"
              .formatted(name, planner.definition().name()));
    }
    if (eligible.size() < spec.top()) {
      notes.accept(
          "final.top is %s, but only %s configurations of %s have all replicates done: final trains these"
              .formatted(spec.top(), eligible.size(), name));
    }
    List<LeaderboardRow> best = eligible.subList(0, Math.min(spec.top(), eligible.size()));
    String sql = planner.history().leaderboardSql(source.phase(), source.level());
    return Selection.ranked(name, axes, best, sql);
  }

  private @Nullable PhaseRow source(StudyHistory history) {
    PhaseRow begun = history.lastBegun();
    if (planner.partial() || begun == null) {
      return begun;
    }
    Finished finished = planner.finished();
    return finished.acceptsLost() && finished.lacksOnlyLost(begun) ? begun : history.lastFinished();
  }

  /** Trials of the last search phase, not finished for them, whose loss nobody has accepted. */
  private List<Integer> lostBefore(StudyHistory history) {
    PhaseRow begun = history.lastBegun();
    return begun == null
            || begun.state() == PhaseRow.State.DONE
            || planner.partial()
            || planner.finished().acceptsLost()
        ? List.of()
        : planner.finished().lost(begun.phase(), begun.level());
  }

  private void requireNoneLost(StudyHistory history) {
    List<Integer> lost = lostBefore(history);
    PhaseRow begun = history.lastBegun();
    if (begun != null && !lost.isEmpty()) {
      throw new UserException(
          "final needs a finished search phase, but %s of %s in study %s %s lost: run %s first, it trains what was lost again, or go on without: --accept-lost"
              .formatted(
                  Finished.names(lost),
                  begun.name(),
                  planner.definition().name(),
                  lost.size() == 1 ? "was" : "were",
                  begun.phase().label()));
    }
  }

  /** A change to a search phase refuses those after it too; and what is left out is said. */
  private void requireUnchanged(StudyHistory history, PhaseRow source) {
    if (planner.definition().coarse() != null) {
      new CoarsePlanner(planner).plan();
    }
    if (source.state() != PhaseRow.State.DONE) {
      String why =
          planner.partial()
              ? "has not finished: final picks from what it has so far (--allow-partial)"
              : "has lost trials: final picks from the others (--accept-lost)";
      notes.accept(source.name() + " " + why);
    }
    FinePlanner fine = new FinePlanner(planner, line -> {});
    int last = history.lastFineLevel();
    if (planner.definition().fine() == null) {
      return;
    }
    if (source.phase() == Phase.FINE) {
      fine.requireSameSettings(source);
    }
    int levels = Objects.requireNonNull(planner.definition().fine()).levels();
    if (last != source.level() || last < levels) {
      notes.accept(
          "%s has not finished: final picks from %s (run fine first to pick from it)"
              .formatted(
                  PhaseRow.name(Phase.FINE, last == source.level() ? last + 1 : Math.max(1, last)),
                  source.name()));
    }
  }

  private List<Axis> axes(Phase phase) {
    FineSpec fine = planner.definition().fine();
    Space explicit = phase == Phase.FINE && fine != null ? fine.space() : null;
    return (explicit == null ? new CoarsePlanner(planner).spec().space() : explicit).axes();
  }

  private TrialRow trial(PhaseRow source, String name, int ordinal) {
    List<TrialRow> rows = planner.history().trials(source.phase(), source.level());
    TrialRow named = rows.stream().filter(row -> row.ordinal() == ordinal).findFirst().orElse(null);
    if (named == null) {
      throw new UserException(
          "final.trial must name a trial of %s, but got %s and it has %s: see the column trial of the table trials"
              .formatted(name, ordinal, range(rows)));
    }
    if (named.status() != Status.DONE) {
      throw new UserException(
          "final.trial must name a trial that is done, but trial %s of %s is %s: name another"
              .formatted(ordinal, name, named.status().label()));
    }
    return named;
  }

  private static String range(List<TrialRow> rows) {
    List<Integer> ordinals = new ArrayList<>(rows.stream().map(TrialRow::ordinal).toList());
    ordinals.sort(null);
    return ordinals.isEmpty()
        ? "none"
        : ordinals.get(0) + " … " + ordinals.get(ordinals.size() - 1);
  }
}
