package dev.sieve.search;

import dev.sieve.error.UserException;
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
 * boxes: when coarse grew and they moved, the new ones are a new level, and only if asked for.
 */
final class FinePlanner {
  /** Boxes, the lines of the plan's identity that they make, and what they come from. */
  private record Source(List<Box> boxes, Map<String, String> identity, @Nullable Picks picks) {}

  private final Planner planner;
  private final CoarsePlanner coarse;
  private final Consumer<String> notes;

  FinePlanner(Planner planner, Consumer<String> notes) {
    this.planner = planner;
    this.coarse = new CoarsePlanner(planner);
    this.notes = notes;
  }

  /** The level whose boxes these are; refused where coarse grew and moved them. */
  Planned plan() {
    Source source = source();
    Planned first = plan(source, 1);
    Records records = new Records(planner.store());
    int last = records.lastFineLevel();
    int level = last == 0 ? 1 : records.fineLevelOf(first.plan().hash());
    if (level == 0) {
      records.requireSame(
          plan(source, last).plan(),
          ", or search what it is now as level %d: fine --next-level".formatted(last + 1));
    }
    return level <= 1 ? first : plan(source, level);
  }

  /** As {@link #plan()}, but boxes that no level has searched become the next level. */
  Planned nextLevel() {
    Source source = source();
    Planned first = plan(source, 1);
    Records records = new Records(planner.store());
    int known = records.fineLevelOf(first.plan().hash());
    int level = known == 0 ? records.lastFineLevel() + 1 : known;
    return level == 1 ? first : plan(source, level);
  }

  /** Refuses where the file's settings of the phase, its boxes apart, are no longer a level's. */
  void requireSameSettings(PhaseRecord level) {
    Space space = spec().space();
    Space axes = space == null ? coarse.spec().space() : explicitBox(space).space();
    Configuration first = Planner.any(axes);
    Map<String, String> stored = new TreeMap<>(level.identity());
    stored.keySet().removeIf(name -> name.startsWith("box."));
    Records.requireSame(
        level,
        stored,
        planner.identity(Phase.FINE, first, axes.byPath().keySet(), ownIdentity()),
        "");
  }

  /** Whether what the phase builds on is there. */
  boolean open() {
    return spec().space() != null || coarse.finished();
  }

  FineSpec spec() {
    FineSpec spec = planner.definition().fine();
    if (spec == null) {
      throw new UserException(
          "the file must have a phase fine to run it, but has none: add fine { top = 3, … }");
    }
    return spec;
  }

  private Planned plan(Source source, int level) {
    FineSpec spec = spec();
    List<Space> spaces = source.boxes().stream().map(Box::space).toList();
    String box = source.boxes().stream().map(Box::text).collect(Collectors.joining("\n"));
    return planner.plan(
        new Search(
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
    FineSpec spec = spec();
    Map<String, String> identity = ownIdentity();
    Space explicit = spec.space();
    if (explicit != null) {
      return new Source(List.of(explicitBox(explicit)), identity, null);
    }
    coarse.requireFinished();
    Space space = coarse.spec().space();
    List<Ranked> best = best(space, spec.top());
    List<Box> boxes = new Zooming(spec.zoom(), spec.points(), best).boxes(space);
    for (int i = 0; i < boxes.size(); i++) {
      identity.put("box." + i, boxes.get(i).identity());
    }
    String sql = planner.store().leaderboardSql(Phase.COARSE, 0);
    return new Source(boxes, identity, Picks.ranked("coarse", space.axes(), best, sql));
  }

  private List<Ranked> best(Space space, int top) {
    List<Ranked> eligible = coarse.eligible();
    if (eligible.isEmpty()) {
      throw new UserException(
          "fine needs a configuration of coarse whose replicates are all done, but study %s has none: look at status and error in the table trials, and search other ranges under another study name"
              .formatted(planner.definition().name()));
    }
    if (eligible.size() < top) {
      notes.accept(
          "fine.top is %d, but only %d configurations of coarse have all replicates done: fine zooms in on these"
              .formatted(top, eligible.size()));
    }
    new Edges(space, planner.definition().resolver()).warnings(eligible.get(0)).forEach(notes);
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
    return new Box(space.over(domains), List.of());
  }
}
