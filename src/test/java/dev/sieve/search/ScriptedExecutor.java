package dev.sieve.search;

import dev.sieve.random.Draws;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Ends groups in a random order of its own, each with the result that a script gives its trials; a
 * trial that has not come to its last rung pauses instead of being done, and one that goes on needs
 * its checkpoint.
 */
public final class ScriptedExecutor implements TrialExecutor {
  private static final RunInfo HERE =
      new RunInfo("here", "0", 0, Instant.EPOCH, 0, "script", 0, "17", "-", "-", "-", "0");

  private final Function<Trial, TrialResult> script;
  private final Draws order;
  private final int slots;
  private final List<TrialGroup> running = new ArrayList<>();
  private final List<TrialGroup> submitted = new ArrayList<>();
  private Set<TrialKey> checkpoints = new HashSet<>();
  private Map<TrialKey, Long> kept = new HashMap<>();
  private boolean cancelled;
  private boolean withdrawn;
  private boolean bursting;
  private boolean dawdling;
  private int mostPending;
  private int endsBeforeStuck = Integer.MAX_VALUE;

  /** Results by {@link #accuracy}; {@code order} is the seed of the order of arrival. */
  public ScriptedExecutor(long order) {
    this(order, 2, trial -> done(accuracy(trial)));
  }

  public ScriptedExecutor(long order, int slots, Function<Trial, TrialResult> script) {
    this.order = new Draws(order);
    this.slots = slots;
    this.script = script;
  }

  /** A figure that depends on configuration and replicate alone. */
  public static double accuracy(Trial trial) {
    long configuration = Long.parseLong(trial.key().configuration(), 16);
    return 0.2 + 0.6 * new Draws(configuration).nextDouble() + 0.001 * trial.replicate();
  }

  /** The same, better from rung to rung and not in the same order on each. */
  public static double climbing(Trial trial) {
    long rung = 31L * Long.parseLong(trial.key().configuration(), 16) + trial.key().rung();
    double noise = 0.1 * new Draws(rung).nextDouble();
    return 0.8 * accuracy(trial) + noise + 0.02 * trial.key().rung();
  }

  public static TrialResult done(double accuracy) {
    Metrics figures = new Metrics(accuracy, 1 - accuracy, 1 - accuracy);
    return new TrialResult(
        Status.DONE, 10, 1, figures, figures, null, List.of(), null, null, null, null);
  }

  /** From now on it often has nothing to hand out yet. */
  public ScriptedExecutor dawdling() {
    dawdling = true;
    return this;
  }

  /** From now on all that runs ends together. */
  public ScriptedExecutor bursting() {
    bursting = true;
    return this;
  }

  /** From now on it finds checkpoints here and leaves them here, as on a disk. */
  public ScriptedExecutor on(Set<TrialKey> disk) {
    checkpoints = disk;
    return this;
  }

  /** After so many groups nothing takes work any more. */
  public ScriptedExecutor stuckAfter(int groups) {
    endsBeforeStuck = groups;
    return this;
  }

  @Override
  public String stuck() {
    return !running.isEmpty() && endsBeforeStuck <= 0 ? "executors die" : "";
  }

  /** What was kept of trials within their stages, as on a disk. */
  public ScriptedExecutor keeping(Map<TrialKey, Long> steps) {
    kept = steps;
    return this;
  }

  @Override
  public Map<TrialKey, Long> kept(Collection<Trial> trials) {
    Map<TrialKey, Long> found = new HashMap<>(kept);
    found.keySet().retainAll(trials.stream().map(Trial::key).toList());
    return found;
  }

  @Override
  public void settled(Collection<TrialOutcome> outcomes) {
    outcomes.stream()
        .filter(outcome -> outcome.result().status() != Status.LOST)
        .forEach(outcome -> kept.remove(outcome.trial().key()));
  }

  @Override
  public void forgetAllBut(String study, Phase phase, int level, Collection<Trial> trials) {
    Set<TrialKey> stay = new HashSet<>(trials.stream().map(Trial::key).toList());
    kept.keySet()
        .removeIf(key -> key.phase() == phase && key.level() == level && !stay.contains(key));
  }

  @Override
  public void forget(Collection<TrialKey> keys) {
    checkpoints.removeAll(keys);
  }

  /** Groups in the order of their submission. */
  public List<TrialGroup> submitted() {
    return List.copyOf(submitted);
  }

  public boolean cancelled() {
    return cancelled;
  }

  public boolean withdrawn() {
    return withdrawn;
  }

  public int mostPending() {
    return mostPending;
  }

  @Override
  public void submit(TrialGroup group) {
    running.add(group);
    submitted.add(group);
    mostPending = Math.max(mostPending, running.size());
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public int pending() {
    return running.size();
  }

  @Override
  public List<TrialOutcome> await(Duration atMost) {
    if (running.isEmpty() || (atMost.isZero() && !bursting) || (dawdling && order.nextInt(3) > 0)) {
      return List.of();
    }
    endsBeforeStuck--;
    TrialGroup ended = running.remove(order.nextInt(running.size()));
    return ended.trials().stream()
        .map(trial -> new TrialOutcome(trial, result(trial), HERE))
        .toList();
  }

  /** As {@link #cancel}, but goes on with what is submitted afterwards. */
  @Override
  public void withdraw() {
    withdrawn = true;
    keepOldest();
  }

  private TrialResult result(Trial trial) {
    if (trial.stage().from() > 0 && !checkpoints.contains(trial.key().before())) {
      return TrialResult.failed(Status.FAILED, "no checkpoint of " + trial.key().before());
    }
    TrialResult result = script.apply(trial);
    if (result.status() != Status.DONE || trial.stage().to() == trial.settings().steps()) {
      return result;
    }
    checkpoints.add(trial.key());
    return new TrialResult(
        Status.PAUSED,
        result.steps(),
        result.epochs(),
        result.train(),
        result.validation(),
        null,
        List.of(),
        null,
        null,
        null,
        null);
  }

  /** Keeps the oldest group, as if it had ended just before. */
  @Override
  public void cancel() {
    cancelled = true;
    keepOldest();
  }

  private void keepOldest() {
    if (running.size() > 1) {
      running.subList(1, running.size()).clear();
    }
  }

  @Override
  public void close() {}
}
