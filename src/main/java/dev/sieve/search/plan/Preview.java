package dev.sieve.search.plan;

import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FinalSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.RungSpec;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.definition.Zoom;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.scheduler.BudgetTally;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.AxisPoints;
import dev.sieve.search.space.CartesianProduct;
import dev.sieve.search.space.Scale;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What a phase, or a fine level, would run.
 *
 * @param level the fine level; 0 else
 * @param estimated counted from the file alone, since the phase before has no results yet: trials
 *     that coincide are counted twice, axes that change a trial's length are not seen
 * @param all planned trials, those included that an adaptive phase has yet to decide on, of which
 *     {@code finished} have a result
 * @param slots groups that run at the same time
 * @param turns groups of the unfinished trials; those of a turn are submitted together. One turn
 *     but for phases that adapt, which wait for each
 */
public record Preview(
    Phase phase,
    int level,
    boolean estimated,
    List<Trial> all,
    int finished,
    int slots,
    List<List<TrialGroup>> turns) {
  public Preview {
    all = List.copyOf(all);
    turns = List.copyOf(turns);
  }

  /**
   * Counts a phase without running it: its levels where it is fine, else one.
   *
   * @throws dev.sieve.error.UserException where running it would be refused, except for results of
   *     the phase before that are still to come
   */
  public static List<Preview> of(
      StudyDefinition definition, StudyHistory history, Phase phase, int slots) {
    Planner planner = new Planner(definition, () -> history);
    Counting count = new Counting(planner, slots);
    return switch (phase) {
      case COARSE -> List.of(count.exact(new CoarsePlanner(planner).planned()));
      case FINE -> {
        FinePlanner fine = new FinePlanner(planner, line -> {});
        List<Preview> levels = new ArrayList<>();
        for (int depth = 1; depth <= fine.spec().levels(); depth++) {
          levels.add(
              fine.open(depth)
                  ? count.exact(fine.plan(depth))
                  : count.estimate(fine.spec(), depth));
        }
        yield levels;
      }
      case FINAL -> {
        FinalPlanner last = new FinalPlanner(planner, line -> {});
        yield List.of(last.open() ? count.exact(last.plan()) : count.estimate(last.spec()));
      }
    };
  }

  /** {@code coarse}, {@code fine level 2}. */
  public String name() {
    return PhaseRow.name(phase, level);
  }

  /** Of the whole phase, like the sums below. */
  public int trials() {
    return all.size();
  }

  public long epochs() {
    return all.stream()
        .mapToLong(trial -> trial.stage().epochs(trial.settings().stepsPerEpoch()))
        .sum();
  }

  public long steps() {
    return all.stream().mapToLong(trial -> trial.stage().to() - trial.stage().from()).sum();
  }

  /** Floating-point operations of the training steps' matrix products. */
  public double flops() {
    return all.stream().mapToDouble(Trial::work).sum();
  }

  /** The same of the evaluations, where the data set has so many test images. */
  public double evaluationFlops(int testImages) {
    return all.stream().mapToDouble(trial -> trial.evaluationWork(testImages)).sum();
  }

  /** Tasks that the unfinished trials make. */
  public int groups() {
    return turns.stream().mapToInt(List::size).sum();
  }

  /** How often all places are filled. */
  public int waves() {
    return turns.stream().mapToInt(turn -> (turn.size() + slots - 1) / slots).sum();
  }

  /**
   * How long the unfinished trials take: in each turn until the last place is done.
   *
   * @param seconds of a group in one place
   */
  public double seconds(ToDoubleFunction<TrialGroup> seconds) {
    double sum = 0;
    for (List<TrialGroup> turn : turns) {
      List<Double> all = new ArrayList<>();
      turn.forEach(group -> all.add(seconds.applyAsDouble(group)));
      sum += Grouping.span(all, slots);
    }
    return sum;
  }

  /**
   * Memory of the largest task beside the images, roughly.
   *
   * @param number bytes of a number in the engine
   */
  public long taskBytes(int number) {
    long most = 0;
    for (List<TrialGroup> turn : turns) {
      for (TrialGroup group : turn) {
        most = Math.max(most, number * group.numbers());
      }
    }
    return most;
  }

  /** Makes previews of plans, or of the file where there is no plan yet. */
  private record Counting(Planner planner, int slots) {
    Preview exact(PlannedPhase planned) {
      PhasePlan plan = planned.plan();
      List<Trial> all = new ArrayList<>(plan.trials());
      List<Trial> open = new ArrayList<>(planner.unfinished(plan));
      if (planned.search() != null) {
        List<Trial> undecided = planned.search().undecided();
        all.addAll(undecided);
        open.addAll(undecided);
      }
      return count(plan.phase(), plan.level(), false, all, open);
    }

    Preview estimate(FineSpec spec, int level) {
      int configurations = spec.configurations() + spec.enqueue().size();
      if (!spec.sampler().counted()) {
        int boxes = spec.zoom() instanceof Zoom.Boxes ? spec.top() : 1;
        double box = 1;
        for (Axis axis : new CoarsePlanner(planner).spec().space().axes()) {
          // Values without an order keep those of the best, at most one each.
          box *=
              Scale.of(axis.domain(), List.of()) == null
                  ? Math.min(spec.top(), AxisPoints.cardinality(axis.domain()))
                  : spec.points();
        }
        configurations = (int) Math.min(CartesianProduct.LARGEST, boxes * box);
      }
      return estimate(Phase.FINE, level, configurations, spec.replicates());
    }

    Preview estimate(FinalSpec spec) {
      return estimate(Phase.FINAL, 0, spec.top(), spec.replicates());
    }

    private Preview estimate(Phase phase, int level, int configurations, int replicates) {
      StudyDefinition definition = planner.definition();
      Configuration first =
          definition.coarse() == null
              ? new Configuration(new TreeMap<>())
              : new CoarsePlanner(planner).plan().trials().get(0).configuration();
      TrialSettings settings = planner.base(phase, first);
      List<Trial> all = new ArrayList<>();
      for (int i = 0; i < Math.multiplyExact(configurations, replicates); i++) {
        String unknown = "configuration " + i / replicates;
        TrialKey key = new TrialKey(definition.name(), phase, level, unknown, i % replicates, 0);
        all.add(new Trial(key, i, first, settings, definition.seed()));
      }
      BudgetTally allowance = new BudgetTally(phase, definition.budget(phase));
      RungSpec rungs = definition.resolver().rungs(phase);
      List<Trial> allowed =
          rungs == null
              ? allowance.of(all)
              : RungPreview.staged(all.get(0), rungs, configurations, replicates, allowance);
      return count(phase, level, true, allowed, allowed);
    }

    private Preview count(
        Phase phase, int level, boolean estimated, List<Trial> all, List<Trial> open) {
      return new Preview(
          phase, level, estimated, all, all.size() - open.size(), slots, turns(phase, open));
    }

    private List<List<TrialGroup>> turns(Phase phase, List<Trial> open) {
      StudyDefinition definition = planner.definition();
      SearchSettings search = definition.search();
      Grouping grouping = Grouping.of(definition.engineType(), search.fuse(), slots);
      List<List<TrialGroup>> turns = new ArrayList<>();
      if (adapts(phase)) {
        for (int from = 0; from < open.size(); from += search.parallel()) {
          int to = Math.min(open.size(), from + search.parallel());
          turns.add(grouping.groups(open.subList(from, to)));
        }
        return turns;
      }
      // A rung begins when the one before it is decided.
      Map<Integer, List<Trial>> rungs = new TreeMap<>();
      for (Trial trial : open) {
        rungs.computeIfAbsent(trial.stage().rung(), rung -> new ArrayList<>()).add(trial);
      }
      rungs.values().forEach(trials -> turns.add(grouping.groups(trials)));
      return turns;
    }

    private boolean adapts(Phase phase) {
      CoarseSpec coarse = planner.definition().coarse();
      FineSpec fine = planner.definition().fine();
      return switch (phase) {
        case COARSE -> coarse != null && coarse.sampler().adapts();
        case FINE -> fine != null && fine.sampler().adapts();
        case FINAL -> false;
      };
    }
  }
}
