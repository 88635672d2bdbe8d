package dev.sieve.search;

import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a phase would run.
 *
 * @param level the fine level; 0 else
 * @param estimated counted from the file alone, since the phase before has no results yet: trials
 *     that coincide are counted twice, axes that change a trial's length are not seen
 * @param trials all planned trials, those included that an adaptive phase has yet to decide on, of
 *     which {@code finished} have a result
 * @param groups tasks that the unfinished trials make
 * @param epochs of all planned trials; likewise the rest
 * @param imagePasses images that training steps see, evaluations not counted
 * @param flops floating-point operations of the training steps' matrix products
 * @param flopsLeft of the unfinished trials
 */
public record Preview(
    Phase phase,
    int level,
    boolean estimated,
    int trials,
    int finished,
    int groups,
    long epochs,
    long steps,
    double imagePasses,
    double flops,
    double flopsLeft) {

  /**
   * Counts a phase without running it.
   *
   * @throws dev.sieve.error.UserException where running it would be refused, except for results of
   *     the phase before that are still to come
   */
  public static Preview of(StudyDefinition definition, StudyResults store, Phase phase) {
    Planner planner = new Planner(definition, store);
    FinePlanner fine = new FinePlanner(planner, line -> {});
    FinalPlanner last = new FinalPlanner(planner, line -> {});
    return switch (phase) {
      case COARSE -> exact(planner, new CoarsePlanner(planner).planned());
      case FINE -> fine.open() ? exact(planner, fine.plan()) : estimate(planner, fine.spec());
      case FINAL -> last.open() ? exact(planner, last.plan()) : estimate(planner, last.spec());
    };
  }

  private static Preview exact(Planner planner, Planned planned) {
    PhasePlan plan = planned.plan();
    List<Trial> all = new ArrayList<>(plan.trials());
    List<Trial> open = new ArrayList<>(planner.unfinished(plan));
    if (planned.search() != null) {
      List<Trial> undecided = planned.search().undecided();
      all.addAll(undecided);
      open.addAll(undecided);
    }
    return count(planner, plan.phase(), plan.level(), false, all, open);
  }

  private static Preview estimate(Planner planner, FineSpec spec) {
    int configurations = spec.configurations();
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
      configurations = (int) Math.min(Product.LARGEST, boxes * box);
    }
    return estimate(planner, Phase.FINE, configurations, spec.replicates());
  }

  private static Preview estimate(Planner planner, FinalSpec spec) {
    return estimate(planner, Phase.FINAL, spec.top(), spec.replicates());
  }

  private static Preview estimate(
      Planner planner, Phase phase, int configurations, int replicates) {
    StudyDefinition definition = planner.definition();
    Configuration first =
        definition.coarse() == null
            ? new Configuration(new TreeMap<>())
            : new CoarsePlanner(planner).plan().trials().get(0).configuration();
    TrialSettings settings = planner.base(phase, first);
    int level = phase == Phase.FINE ? 1 : 0;
    List<Trial> all = new ArrayList<>();
    for (int i = 0; i < configurations * replicates; i++) {
      TrialKey key = new TrialKey(definition.name(), phase, level, first.id(), i % replicates, 0);
      all.add(new Trial(key, i, first, settings, definition.seed()));
    }
    Rungs rungs = definition.resolver().rungs(phase);
    if (rungs != null) {
      all = RungPreview.staged(all.get(0), rungs, configurations, replicates);
    }
    return count(planner, phase, level, true, all, all);
  }

  private static Preview count(
      Planner planner,
      Phase phase,
      int level,
      boolean estimated,
      List<Trial> all,
      List<Trial> open) {
    StudyDefinition definition = planner.definition();
    long epochs = 0;
    long steps = 0;
    double passes = 0;
    for (Trial trial : all) {
      TrialSettings settings = trial.settings();
      long stage = trial.stage().to() - trial.stage().from();
      epochs += RungPreview.epochs(trial);
      steps += stage;
      passes += (double) stage * settings.training().batchSize();
    }
    return new Preview(
        phase,
        level,
        estimated,
        all.size(),
        all.size() - open.size(),
        Grouping.of(definition.engineType(), definition.search().fuse(), open.size(), 1)
            .groups(open)
            .size(),
        epochs,
        steps,
        passes,
        all.stream().mapToDouble(Trial::work).sum(),
        open.stream().mapToDouble(Trial::work).sum());
  }
}
