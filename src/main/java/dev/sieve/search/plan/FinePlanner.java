package dev.sieve.search.plan;

import dev.sieve.error.UserException;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.SearchSpec;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Domains;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plans a fine phase: boxes around the best of coarse, or an explicit space. A level belongs to its
 * boxes: when what they come from grew and they moved, the new ones are a new level, and only if
 * asked for. Further levels zoom in on the best of the level before.
 */
public final class FinePlanner {
  /** Boxes, the lines of the plan's identity that they make, and what they come from. */
  private record Source(List<Box> boxes, Map<String, String> identity, @Nullable Selection picks) {}

  private record Level(Source source, PlannedPhase planned) {}

  private final Planner planner;
  private final CoarsePlanner coarse;
  private final Consumer<String> notes;

  public FinePlanner(Planner planner, Consumer<String> notes) {
    this.planner = planner;
    this.coarse = new CoarsePlanner(planner);
    this.notes = notes;
  }

  /**
   * The level whose boxes these are; refused where what they come from grew and moved them.
   *
   * @param depth 1 for a zoom into coarse, 2 for one into that, and so on; all before it finished
   */
  public PlannedPhase plan(int depth) {
    return level(depth, false).planned();
  }

  /** As {@link #plan}, but boxes that no level has searched become the next level. */
  public PlannedPhase nextLevel(int depth) {
    return level(depth, true).planned();
  }

  private Level level(int depth, boolean next) {
    Level parent = depth == 1 ? null : level(depth - 1, next);
    Source source = parent == null ? source() : source(parent);
    int above = parent == null ? 0 : parent.planned().plan().level();
    PlannedPhase first = plan(source, above + 1);
    StudyHistory history = planner.history();
    int known = history.fineLevelOf(first.plan().hash(), above);
    int begun = history.lastFineLevelInto(above);
    int last = history.lastFineLevel();
    if (known == 0 && begun > 0 && !next) {
      history.requireSame(
          plan(source, begun).plan(),
          ", or search what it is now as level %s: fine --next-level".formatted(last + 1));
    }
    int level = known > 0 ? known : last + 1;
    return new Level(source, level == above + 1 ? first : plan(source, level));
  }

  /** Refuses where the file's settings of the phase, its boxes apart, are no longer a level's. */
  void requireSameSettings(PhaseRow level) {
    Space space = spec().space();
    Space axes = space == null ? coarse.spec().space() : explicitBox(space).space();
    Configuration first = Planner.any(axes);
    Map<String, String> stored = new TreeMap<>(level.identity());
    stored.keySet().removeIf(name -> name.startsWith("box."));
    StudyHistory.requireSame(
        level,
        stored,
        planner.identity(Phase.FINE, first, axes.byPath().keySet(), ownIdentity()),
        "");
  }

  /** Whether what a level builds on is there. */
  boolean open(int depth) {
    if (depth == 1) {
      return spec().space() != null || coarse.finished();
    }
    if (!open(depth - 1)) {
      return false;
    }
    PhasePlan parent = plan(depth - 1).plan();
    PhaseRow record = planner.history().find(Phase.FINE, parent.level());
    return record != null
        && record.state() == PhaseRow.State.DONE
        && planner.unfinished(parent).isEmpty();
  }

  /**
   * A line for each axis at whose edge the best of a level lies: of the whole axis, not its box.
   */
  public List<String> warnings(int level) {
    Space own = spec().space();
    Space bounds = own == null ? coarse.spec().space() : own;
    EdgeWarnings edges =
        new EdgeWarnings(bounds, planner.definition().resolver(), PhaseRow.name(Phase.FINE, level));
    return eligible(level).stream().findFirst().map(edges::warnings).orElse(List.of());
  }

  private List<LeaderboardRow> eligible(int level) {
    return planner.history().leaderboard(Phase.FINE, level).stream()
        .filter(LeaderboardRow::eligible)
        .toList();
  }

  public FineSpec spec() {
    FineSpec spec = planner.definition().fine();
    if (spec == null) {
      throw new UserException(
          "the file must have a phase fine to run it, but has none: add fine { top = 3, … }");
    }
    return spec;
  }

  private PlannedPhase plan(Source source, int level) {
    FineSpec spec = spec();
    List<Space> spaces = source.boxes().stream().map(Box::space).toList();
    String box = source.boxes().stream().map(Box::text).collect(Collectors.joining("\n"));
    return planner.plan(
        new SearchSpec(
            Phase.FINE,
            level,
            spec.sampler(),
            spec.configurations(),
            spec.replicates(),
            spec.enqueue(),
            spaces,
            source.identity(),
            box),
        source.picks());
  }

  private Source source() {
    Space explicit = spec().space();
    if (explicit != null) {
      return new Source(List.of(explicitBox(explicit)), ownIdentity(), null);
    }
    coarse.requireFinished();
    Space space = coarse.spec().space();
    List<LeaderboardRow> best = best(coarse.eligible(), "coarse");
    new EdgeWarnings(space, planner.definition().resolver(), "coarse")
        .warnings(best.get(0))
        .forEach(notes);
    return zoom(best, List.of(space), Phase.COARSE, 0);
  }

  /** Boxes around the best of the level before. */
  private Source source(Level parent) {
    int level = parent.planned().plan().level();
    List<Space> before = parent.source().boxes().stream().map(Box::space).toList();
    String name = PhaseRow.name(Phase.FINE, level);
    Source source = zoom(best(eligible(level), name), before, Phase.FINE, level);
    source.identity().put(StudyHistory.PARENT, name);
    return source;
  }

  private Source zoom(List<LeaderboardRow> best, List<Space> before, Phase phase, int level) {
    FineSpec spec = spec();
    Space space = coarse.spec().space();
    String name = PhaseRow.name(phase, level);
    List<Box> boxes =
        new BoxBuilder(
                spec.zoom(),
                spec.points(),
                best,
                space,
                before,
                name,
                path -> planner.definition().resolver().limits(Phase.FINE, path))
            .boxes();
    Map<String, String> identity = ownIdentity();
    for (int i = 0; i < boxes.size(); i++) {
      identity.put("box." + i, boxes.get(i).identity());
    }
    String sql = planner.history().leaderboardSql(phase, level);
    return new Source(boxes, identity, Selection.ranked(name, space.axes(), best, sql));
  }

  private List<LeaderboardRow> best(List<LeaderboardRow> eligible, String source) {
    int top = spec().top();
    if (eligible.isEmpty()) {
      throw new UserException(
          "fine needs a configuration of %s whose replicates are all done, but study %s has none: look at status and error in the table trials, and search other ranges under another study name"
              .formatted(source, planner.definition().name()));
    }
    if (eligible.size() < top) {
      notes.accept(
          "fine.top is %s, but only %s configurations of %s have all replicates done: fine zooms in on these"
              .formatted(top, eligible.size(), source));
    }
    return eligible.subList(0, Math.min(top, eligible.size()));
  }

  /** The file's own lines of the identity; boxes come from the table. */
  private Map<String, String> ownIdentity() {
    FineSpec spec = spec();
    return planner.identity(spec.sampler(), spec.replicates(), spec.space(), spec.enqueue());
  }

  /** An explicit space; ranges that name no points take the phase's. */
  private Box explicitBox(Space space) {
    Map<String, Domain> domains = new LinkedHashMap<>();
    space
        .axes()
        .forEach(
            axis -> domains.put(axis.path(), Domains.withPoints(axis.domain(), spec().points())));
    return new Box(space.over(domains), "", List.of());
  }
}
