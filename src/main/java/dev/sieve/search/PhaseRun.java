package dev.sieve.search;

import dev.sieve.error.UserException;
import dev.sieve.search.Study.Ending;
import dev.sieve.search.definition.Budget;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.plan.Finished;
import dev.sieve.search.plan.Grouping;
import dev.sieve.search.plan.PlannedPhase;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.PhaseRow.State;
import dev.sieve.search.results.TrialStore;
import dev.sieve.search.scheduler.KnownOutcome;
import dev.sieve.search.scheduler.SimulatedSearch;
import dev.sieve.search.scheduler.TargetAccuracy;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of one phase's plan: submits what has no row yet, makes every outcome durable before
 * anyone hears of it, and records how the phase ended.
 */
final class PhaseRun {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** How long running groups may take to keep what they have once they were told to end. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** Trials that one commit holds at most: all that have ended by then, or it would grow. */
  private static final int COMMIT = 1000;

  private final PlannedPhase planned;
  private final @Nullable SimulatedSearch search;
  private final Budget budget;
  private final TargetAccuracy target;
  private final StudyDefinition definition;
  private final Finished finished;
  private final TrialStore store;
  private final TrialExecutor executor;
  private final StudyListener listener;
  private final BooleanSupplier stopping;
  private final Set<TrialKey> left = new HashSet<>();
  private final Map<TrialKey, KnownOutcome> told = new HashMap<>();
  private final Deque<TrialGroup> queue = new ArrayDeque<>();
  private final PausedTrials stops;
  private PhasePlan plan;

  /** Which budget ended the phase though trials are left; empty for none. */
  private String limit = "";

  /** Trials that this run lost, and does not go on without. */
  private final List<Integer> lost = new ArrayList<>();

  /** Why nothing runs; empty while something may. */
  private String stuck = "";

  private boolean valid;
  private boolean resumed;
  private final FailuresInRow failures = new FailuresInRow();
  private final long started = System.nanoTime();
  private long lastTick = started;

  PhaseRun(
      PlannedPhase planned,
      StudyDefinition definition,
      Finished finished,
      TrialStore store,
      TrialExecutor executor,
      StudyListener listener,
      BooleanSupplier stopping) {
    this.planned = planned;
    this.plan = planned.plan();
    this.search = planned.search();
    this.definition = definition;
    this.finished = finished;
    this.budget = definition.budget(plan.phase());
    this.target = new TargetAccuracy(search == null ? budget : Budget.NONE, plan);
    this.store = store;
    this.executor = executor;
    this.stops = new PausedTrials(search, store, executor, told);
    this.listener = listener;
    this.stopping = stopping;
  }

  Ending run() throws InterruptedException {
    told.putAll(finished.of(plan.phase(), plan.level()));
    List<Trial> open =
        plan.trials().stream().filter(trial -> !told.containsKey(trial.key())).toList();
    valid = plan.trials().stream().anyMatch(trial -> hasStatus(trial, Status.DONE));
    listener.started(plan, plan.trials().size() - open.size());
    durable(stops::prune);
    stops.forgetLeftovers(plan);
    stops.forgetAllBut(plan, open);
    limit = target.reached(told);
    if (open.isEmpty() || !limit.isEmpty()) {
      String reason = limit.isEmpty() ? planned.ending() : limit;
      long trials = plan.trials().stream().map(Trial::ordinal).distinct().count();
      listener.note(
          "%s has nothing left to run: %s"
              .formatted(
                  plan.name(),
                  reason.isEmpty() ? "all %s trials have a result".formatted(trials) : reason));
      return end();
    }
    durable(() -> store.save(record(State.RUNNING, "")));
    try {
      if (search == null) {
        submit(open);
        train();
      } else {
        adapt(search);
      }
    } catch (RuntimeException | InterruptedException | Error e) {
      executor.cancel();
      throw e;
    }
    return end();
  }

  private boolean hasStatus(Trial trial, Status status) {
    KnownOutcome outcome = told.get(trial.key());
    return outcome != null && outcome.status() == status;
  }

  /** Queues trials in groups, the longest first. */
  private void submit(List<Trial> trials) {
    trials.forEach(trial -> left.add(trial.key()));
    int fuse = definition.search().fuse();
    Grouping grouping =
        Grouping.of(definition.engineType(), fuse, executor.slots()).keeping(keptBefore(trials));
    queue.addAll(grouping.groups(trials));
  }

  /** What earlier runs left; those that begin later have nothing. */
  private Map<TrialKey, Long> keptBefore(List<Trial> trials) {
    Kept kept = resumed ? Kept.NONE : Kept.of(executor, trials);
    resumed = true;
    if (!kept.isEmpty()) {
      listener.resumed(plan, kept.steps());
      listener.note("%s goes on: %s are trained already".formatted(plan.name(), kept));
    }
    return kept.byKey();
  }

  private void train() throws InterruptedException {
    while (!queue.isEmpty() || executor.pending() > 0) {
      if (!step()) {
        return;
      }
      if (!limit.isEmpty()) {
        queue.clear();
        executor.withdraw();
        takeLast();
        left.clear();
      }
    }
  }

  /** Waits for all that is due next, tells the search, and goes on with what it begins then. */
  private void adapt(SimulatedSearch search) throws InterruptedException {
    while (!search.finished()) {
      // What began before and has no row is queued already.
      submit(
          search.running().stream()
              .filter(trial -> !told.containsKey(trial.key()) && !left.contains(trial.key()))
              .toList());
      plan = search.plan();
      while (!search.due().stream().allMatch(trial -> told.containsKey(trial.key()))) {
        boolean idle = queue.isEmpty() && executor.pending() == 0;
        if (idle || !step()) {
          return;
        }
      }
      search.advance(told);
      durable(stops::prune);
    }
    plan = search.plan();
  }

  /**
   * Submits what there is room for and takes in what arrives.
   *
   * @return false where the phase was told to end, and did
   */
  private boolean step() throws InterruptedException {
    stuck = executor.stuck();
    if (stopping.getAsBoolean() || failing() || outOfTime() || !stuck.isEmpty()) {
      executor.cancel();
      takeLast();
      return false;
    }
    int asked = definition.search().maxInFlight();
    int inFlight = Math.max(1, asked > 0 ? asked : 4 * executor.slots());
    while (!queue.isEmpty() && executor.pending() < inFlight && !stopping.getAsBoolean()) {
      executor.submit(queue.remove());
    }
    tellNotes();
    settle(arrived());
    if (System.nanoTime() - lastTick >= TICK.toNanos()) {
      lastTick = System.nanoTime();
      listener.tick();
    }
    return true;
  }

  /**
   * Waits for a group's outcomes, and takes with them whatever else has come: one commit for all,
   * since each costs two or four forced writes to the disk.
   */
  private List<List<TrialOutcome>> arrived() throws InterruptedException {
    List<List<TrialOutcome>> all = new ArrayList<>();
    int count = 0;
    List<TrialOutcome> more = executor.await(TICK);
    while (!more.isEmpty()) {
      all.add(more);
      count += more.size();
      more = count < COMMIT ? executor.await(Duration.ZERO) : List.of();
    }
    return all;
  }

  /** Takes in what arrived before the executor was told to end. */
  private void takeLast() throws InterruptedException {
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (executor.pending() > 0 && System.nanoTime() - deadline < 0) {
      settle(List.of(executor.await(Duration.ofMillis(200))));
    }
  }

  private void settle(List<List<TrialOutcome>> groups) {
    List<TrialOutcome> outcomes = groups.stream().flatMap(List::stream).toList();
    if (outcomes.isEmpty()) {
      return;
    }
    durable(() -> store.commit(plan, outcomes));
    groups.forEach(failures::count);
    List<TrialOutcome> results = outcomes.stream().filter(this::isResult).toList();
    results.forEach(this::tell);
    outcomes.forEach(outcome -> listener.finished(plan, outcome));
    stops.forgetStagesBefore(results);
    executor.settled(outcomes);
  }

  /** Says what is kept where a row cannot be written. */
  private static void durable(Runnable write) {
    try {
      write.run();
    } catch (UserException e) {
      if (e.getCause() instanceof TrialStore.RowsGoneException) {
        throw e;
      }
      throw new UserException(
          e.getMessage()
              + "; rows written before are kept, and the same command goes on from there",
          e);
    }
  }

  /** Nothing is decided past a lost trial: to this run it has not ended. */
  private boolean isResult(TrialOutcome outcome) {
    boolean result = outcome.result().status() != Status.LOST || finished.acceptsLost();
    if (!result) {
      lost.add(outcome.trial().ordinal());
    }
    return result;
  }

  private void tell(TrialOutcome outcome) {
    left.remove(outcome.trial().key());
    told.put(outcome.trial().key(), KnownOutcome.of(outcome));
    valid |= outcome.result().status() == Status.DONE;
    if (limit.isEmpty()) {
      limit = target.reached(outcome.trial().key().configuration(), told);
    }
  }

  private boolean failing() {
    int limit = definition.search().consecutiveFailures();
    return limit > 0 && failures.groups() >= limit;
  }

  private boolean outOfTime() {
    return budget.usedUp(Duration.ofNanos(System.nanoTime() - started));
  }

  /** What running groups said that a user should see. */
  private void tellNotes() {
    executor.notes().forEach(listener::note);
  }

  private Ending end() {
    tellNotes();
    if (!left.isEmpty() || (search != null && !search.finished())) {
      return cut();
    }
    stops.forgetAll(plan);
    PhaseRow done = record(State.DONE, limit.isEmpty() ? ending() : limit);
    if (!done.equals(store.history().find(plan.phase(), plan.level()))) {
      durable(() -> store.save(done));
    }
    listener.ended(plan, done);
    return valid ? Ending.DONE : Ending.WITHOUT_VALID_TRIAL;
  }

  /** Which budget ended the phase, or what it was ended without; empty for neither. */
  private String ending() {
    List<Integer> without =
        plan.trials().stream()
            .filter(trial -> hasStatus(trial, Status.LOST))
            .map(Trial::ordinal)
            .sorted()
            .toList();
    String accepted =
        without.isEmpty() ? "" : "without the lost %s".formatted(Finished.names(without));
    return planned.ending().isEmpty() || accepted.isEmpty()
        ? planned.ending() + accepted
        : planned.ending() + ", " + accepted;
  }

  private String whatNow() {
    return search == null
        ? "; the others went on"
        : "; this phase decides by its outcomes, and does not decide past %s"
            .formatted(lost.size() == 1 ? "it" : "them");
  }

  private Ending cut() {
    Ending ending = Ending.INTERRUPTED;
    String reason = "interrupted";
    if (!stopping.getAsBoolean() && failing()) {
      ending = Ending.FAILING;
      reason = failures.text();
    } else if (!stopping.getAsBoolean() && outOfTime()) {
      ending = Ending.OUT_OF_TIME;
      reason = "the run has lasted as long as budget.wall-clock = " + span(budget.wallClock());
    } else if (!stopping.getAsBoolean() && !stuck.isEmpty()) {
      ending = Ending.STUCK;
      reason = stuck;
      listener.note(plan.name() + ": " + reason);
    } else if (!stopping.getAsBoolean() && !lost.isEmpty()) {
      ending = Ending.LOST;
      lost.sort(null);
      reason = "%s %s lost".formatted(Finished.names(lost), lost.size() == 1 ? "was" : "were");
      listener.note(plan.name() + ": " + reason + whatNow());
    } else if (!stopping.getAsBoolean()) {
      reason = "%s trials ended without an outcome".formatted(left.size());
    }
    PhaseRow cut = record(State.CUT, reason);
    durable(() -> store.save(cut));
    Kept kept =
        Kept.of(
            executor, plan.trials().stream().filter(trial -> left.contains(trial.key())).toList());
    if (!kept.isEmpty()) {
      listener.note("kept: %s; the same command goes on from there".formatted(kept));
    }
    tellNotes();
    listener.ended(plan, cut);
    return ending;
  }

  private static String span(@Nullable Duration span) {
    return span == null ? "" : span.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private PhaseRow record(State state, String cut) {
    return new PhaseRow(
        plan.study(),
        plan.phase(),
        plan.level(),
        plan.hash(),
        plan.identity(),
        plan.size(),
        state,
        cut,
        plan.box(),
        definition.text());
  }
}
