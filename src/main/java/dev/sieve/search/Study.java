package dev.sieve.search;

import dev.sieve.search.definition.RungSpec;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.plan.CoarsePlanner;
import dev.sieve.search.plan.FinalPlanner;
import dev.sieve.search.plan.FinePlanner;
import dev.sieve.search.plan.Finished;
import dev.sieve.search.plan.PlannedPhase;
import dev.sieve.search.plan.Planner;
import dev.sieve.search.plan.Preview;
import dev.sieve.search.plan.Selection;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.TrialStore;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The study loop: plans a phase, refuses one that contradicts what the table holds, runs what has
 * no row yet, and records how it ended.
 */
public final class Study {
  /** How a phase ended. */
  public enum Ending {
    DONE,
    /** {@link #stop} was called; the same command goes on. */
    INTERRUPTED,
    /** The wall-clock budget of this run is used up; the same command goes on. */
    OUT_OF_TIME,
    /** Too many trials failed in a row. */
    FAILING,
    /** Nothing takes work: no trial has begun since; the same command goes on. */
    STUCK,
    /** Trials were lost with their machines; the same command trains them again. */
    LOST,
    /** Every trial ended, none with a figure. */
    WITHOUT_VALID_TRIAL
  }

  private final StudyDefinition definition;
  private final TrialStore store;
  private final TrialExecutor executor;
  private final StudyListener listener;
  private final Planner planner;
  private final CoarsePlanner coarse;
  private final FinePlanner fine;
  private final FinalPlanner last;
  private final Set<String> noted = new HashSet<>();
  private volatile boolean stopping;
  private @Nullable Selection picks;

  public Study(
      StudyDefinition definition,
      TrialStore store,
      TrialExecutor executor,
      StudyListener listener) {
    this.definition = definition;
    this.store = store;
    this.executor = executor;
    this.listener = listener;
    this.planner = new Planner(definition, store::history);
    this.coarse = new CoarsePlanner(planner);
    this.fine = new FinePlanner(planner, this::note);
    this.last = new FinalPlanner(planner, this::note);
  }

  /**
   * Runs a phase to its end, or goes on with it.
   *
   * @throws dev.sieve.error.UserException if the phase may not run: none in the file, no finished
   *     phase before it, a plan that changed
   */
  public Ending run(Phase phase) throws InterruptedException {
    if (stopping) {
      return Ending.INTERRUPTED;
    }
    return switch (phase) {
      case COARSE -> run(coarse.planned(), "");
      case FINE -> levels(fine::plan);
      case FINAL -> run(last.plan(), "final trains");
    };
  }

  /**
   * Runs the fine phase as {@link #run} does, but where what a level zooms in on grew and its boxes
   * moved, as a new level instead of a refusal. Called again it goes on with that level.
   */
  public Ending runNextLevel() throws InterruptedException {
    return levels(fine::nextLevel);
  }

  /** From now on fine and final may build on a phase that has not finished. */
  public void allowPartial() {
    planner.allowPartial();
  }

  /**
   * From now on phases go on and others build on them though trials were lost, which are not
   * trained again: each is a trial without a figure, as a failed one is.
   */
  public void acceptLost() {
    planner.finished().acceptLost();
  }

  /** One level after the other, each planned once the one before it has finished. */
  private Ending levels(IntFunction<PlannedPhase> level) throws InterruptedException {
    Ending ending = Ending.DONE;
    for (int depth = 1; depth <= fine.spec().levels() && ending == Ending.DONE; depth++) {
      ending = stopping ? Ending.INTERRUPTED : run(level.apply(depth), "fine zooms in on");
    }
    return ending;
  }

  /** What the phase that ran last was picked from; null before, and for coarse. */
  public @Nullable Selection picks() {
    return picks;
  }

  /** What a phase would run, by the file and the table as they are. */
  public List<Preview> preview(Phase phase) {
    return Preview.of(definition, store.history(), phase, executor.slots());
  }

  /** Ends the running phase soon, and begins no other; any thread may call it. */
  public void stop() {
    stopping = true;
    executor.cancel();
  }

  private Ending run(PlannedPhase planned, String purpose) throws InterruptedException {
    picks = planned.picks();
    if (planned.picks() != null) {
      planned.picks().notes(purpose).forEach(this::note);
    }
    PhasePlan plan = planned.plan();
    if (planned.ending().isEmpty()) {
      noteShortfall(plan);
    }
    noteRungs(plan);
    noteLost(plan);
    Ending ending =
        new PhaseRun(
                planned, definition, planner.finished(), store, executor, listener, () -> stopping)
            .run();
    if (ending == Ending.DONE) {
      switch (plan.phase()) {
        case COARSE -> coarse.warnings().forEach(this::note);
        case FINE -> fine.warnings(plan.level()).forEach(this::note);
        case FINAL -> {}
      }
    }
    return ending;
  }

  /** A finite space may hold fewer configurations than the file asks for. */
  private void noteShortfall(PhasePlan plan) {
    int asked =
        switch (plan.phase()) {
          case COARSE -> asked(coarse.spec().configurations(), coarse.spec().enqueue());
          case FINE -> asked(fine.spec().configurations(), fine.spec().enqueue());
          case FINAL -> 0;
        };
    long drawn = plan.trials().stream().map(t -> t.key().configuration()).distinct().count();
    if (drawn < asked && plan.size() == plan.trials().size()) {
      note(
          "%s asks for %s configurations, but its space holds only %s different ones: these are run"
              .formatted(plan.phase().label(), asked, drawn));
    }
  }

  private void noteRungs(PhasePlan plan) {
    RungSpec rungs = definition.resolver().rungs(plan.phase());
    if (rungs != null) {
      rungs.warnings(plan.phase().label(), plan.trials().get(0).settings()).forEach(this::note);
    }
  }

  private void noteLost(PhasePlan plan) {
    List<Integer> lost = planner.finished().staysLost(plan.phase(), plan.level());
    if (!lost.isEmpty() && !planner.finished().acceptsLost()) {
      note(
          "%s was decided without the lost %s, and is not decided again: to have them, give the study another name (study.name)"
              .formatted(plan.name(), Finished.names(lost)));
    }
  }

  /** Extra points come on top of what is drawn; a grid is whatever its points make. */
  private static int asked(int configurations, List<Configuration> enqueue) {
    return configurations == 0 ? 0 : configurations + enqueue.size();
  }

  /** Each line once, though phases that run one after the other find the same. */
  private void note(String line) {
    if (noted.add(line)) {
      listener.note(line);
    }
  }
}
