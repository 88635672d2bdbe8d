package dev.sieve.training;

import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.network.Parameters;
import dev.sieve.trial.ConfusionMatrix;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far one trial of a group has come. */
final class TrialProgress {
  final Trial trial;
  private final List<EpochMetrics> curve = new ArrayList<>();
  private MetricAccumulator running;

  /** Of the regular rows, those of earlier stages included. */
  private @Nullable EpochMetrics best;

  private @Nullable TrialResult result;
  private long taken;

  /** Steps that whoever trains it next can go on from. */
  private long kept;

  /** Between two sessions; null for the untrained one that a session begins with. */
  private @Nullable Checkpoint network;

  TrialProgress(Trial trial) {
    this.trial = trial;
    this.running = new MetricAccumulator(trial.settings().network().classes());
  }

  /** Goes on where an earlier stage stopped, or within its own. */
  void resume(TrialState state) {
    running = state.running();
    best = state.best();
    curve.addAll(state.rows());
    rest(state.network());
    kept = taken;
  }

  /** Whether steps would be lost if it were stopped after so many. */
  boolean lacks(long steps) {
    return kept < steps;
  }

  /** It was kept where it stands. */
  void kept(long steps) {
    kept = steps;
  }

  /** Stands at a step until another session takes it in. */
  void rest(Checkpoint at) {
    network = at;
    taken = at.steps();
  }

  /** Steps taken when it came to rest last. */
  long taken() {
    return taken;
  }

  /** What a session is to begin with, handed out once: it is as large as the network. */
  @Nullable Checkpoint takeNetwork() {
    Checkpoint held = network;
    network = null;
    return held;
  }

  /** Where the trial stands at its stage's end. */
  TrialState state(Checkpoint at) {
    return new TrialState(at, running, best);
  }

  /** Where the trial stands within its stage. */
  TrialState stateWithin(Checkpoint at) {
    return new TrialState(at, running, best, curve);
  }

  /** Whether the row after so many steps is there. */
  boolean hasRow(long steps) {
    return !curve.isEmpty() && curve.get(curve.size() - 1).step() == steps;
  }

  /** Training batches since the last regular row. */
  MetricAccumulator running() {
    return running;
  }

  boolean live() {
    return result == null;
  }

  boolean paused() {
    return result != null && result.status() == Status.PAUSED;
  }

  /**
   * @param regular false for a row that only the stage's end brings: later stages know nothing of
   *     it
   */
  void add(EpochMetrics row, boolean regular) {
    curve.add(row);
    if (regular) {
      best = TrialResult.better(best, row);
    }
  }

  /** Ends the trial's stage with what was measured after its last step, its last row included. */
  void finish(
      Status status,
      Metrics train,
      ConfusionMatrix confusion,
      @Nullable Parameters parameters,
      long steps) {
    EpochMetrics last = curve.get(curve.size() - 1);
    result =
        new TrialResult(
            status,
            steps,
            last.epoch(),
            train,
            last.validation(),
            last.test(),
            curve,
            confusion,
            null,
            null,
            parameters,
            TrialResult.better(best, last));
  }

  /** Ends the trial with the curve so far. */
  void diverge(long steps, int epoch) {
    result =
        new TrialResult(
            Status.DIVERGED, steps, epoch, null, null, null, curve, null, epoch, null, null, best);
  }

  TrialResult result() {
    return Objects.requireNonNull(result, "the trial has not ended");
  }
}
