package dev.sieve.search.plan;

import dev.sieve.search.definition.RungSpec;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.scheduler.BudgetTally;
import dev.sieve.search.scheduler.RungScheduler;
import dev.sieve.search.scheduler.RungScheduler.Traffic;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What rungs save.
 *
 * @param type {@code halving}, {@code hyperband}, {@code asha}
 * @param rungs those of the phase, the last the whole budget
 * @param epochs that its trials train in all, if none diverges
 * @param epochsWithout that they would without rungs
 * @param warnings on where the rungs stand
 */
public record RungPreview(
    String type, List<Rung> rungs, long epochs, long epochsWithout, List<String> warnings) {
  /**
   * A rung.
   *
   * @param epoch where it stands
   * @param trials that train to it
   */
  public record Rung(long epoch, int trials) {}

  /**
   * The rungs of a phase, from what its plan holds and what is likely to follow.
   *
   * <p>Of a fine phase the first level.
   *
   * @return null where it has none, or waits for the phase before it
   */
  public static @Nullable RungPreview of(
      StudyDefinition definition, StudyHistory history, Phase phase) {
    RungSpec rungs = definition.resolver().rungs(phase);
    if (rungs == null) {
      return null;
    }
    Planner planner = new Planner(definition, () -> history);
    FinePlanner fine = new FinePlanner(planner, line -> {});
    if (phase == Phase.FINE && !fine.open(1)) {
      return null;
    }
    PlannedPhase planned =
        phase == Phase.FINE ? fine.plan(1) : new CoarsePlanner(planner).planned();
    List<Trial> all = new ArrayList<>(planned.plan().trials());
    if (planned.search() != null) {
      all.addAll(planned.search().undecided());
    }
    return of(rungs, phase, all);
  }

  private static RungPreview of(RungSpec rungs, Phase phase, List<Trial> all) {
    Map<Integer, Rung> byRung = new TreeMap<>();
    long epochs = 0;
    long without = 0;
    for (Trial trial : all) {
      long epoch = -Math.floorDiv(-trial.stage().to(), trial.settings().stepsPerEpoch());
      byRung.merge(
          trial.stage().rung(),
          new Rung(epoch, 1),
          (known, one) -> new Rung(known.epoch(), known.trials() + 1));
      epochs += trial.stage().epochs(trial.settings().stepsPerEpoch());
      without += trial.stage().from() == 0 ? trial.settings().epochs() : 0;
    }
    return new RungPreview(
        rungs.type().label(),
        List.copyOf(byRung.values()),
        epochs,
        without,
        rungs.warnings(phase.label(), all.get(0).settings()));
  }

  /** Stages of so many configurations like one, if none diverges. */
  static List<Trial> staged(Trial like, RungSpec rungs, int configurations, int replicates) {
    List<Long> steps = rungs.steps(like.settings());
    List<Traffic> trials = trials(rungs, steps, configurations, replicates);
    List<Trial> staged = new ArrayList<>();
    for (int rung = 0; rung < steps.size(); rung++) {
      Traffic traffic = trials.get(rung);
      for (int i = 0; i < traffic.entering() + traffic.climbing(); i++) {
        long from = i < traffic.entering() ? 0 : steps.get(rung - 1);
        staged.add(at(like, new Stage(rung, from, steps.get(rung))));
      }
    }
    return staged;
  }

  /** The same of as many configurations as a budget allows. */
  static List<Trial> staged(
      Trial like, RungSpec rungs, int configurations, int replicates, BudgetTally allowance) {
    List<Long> steps = rungs.steps(like.settings());
    long perEpoch = like.settings().stepsPerEpoch();
    int taken = 0;
    while (taken < configurations
        && allowance.takes(
            replicates,
            Traffic.epochs(trials(rungs, steps, taken + 1, replicates), steps, perEpoch))) {
      taken++;
    }
    return staged(like, rungs, taken, replicates);
  }

  private static List<Traffic> trials(
      RungSpec rungs, List<Long> steps, int configurations, int replicates) {
    return RungScheduler.of(rungs, steps.size()).expected(configurations).stream()
        .map(traffic -> traffic.times(replicates))
        .toList();
  }

  private static Trial at(Trial like, Stage stage) {
    TrialKey key = like.key();
    TrialKey there =
        new TrialKey(
            key.study(),
            key.phase(),
            key.level(),
            key.configuration(),
            key.replicate(),
            stage.rung());
    return new Trial(
        there, like.ordinal(), like.configuration(), like.settings(), like.seed(), stage);
  }
}
