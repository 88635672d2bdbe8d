package dev.sieve.training;

import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.Tally;
import dev.sieve.network.Parameters;
import dev.sieve.trial.ConfusionMatrix;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Figures;
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
  private Tally running;

  /** Of the regular rows, those of earlier stages included. */
  private @Nullable EpochMetrics best;

  private @Nullable TrialResult result;

  TrialProgress(Trial trial) {
    this.trial = trial;
    this.running = new Tally(trial.settings().network().classes());
  }

  /** Goes on where an earlier stage stopped. */
  void resume(TrialState state) {
    running = state.running();
    best = state.best();
  }

  /** Where the trial stands, with the network as it was before the last row. */
  TrialState state(Checkpoint network) {
    return new TrialState(network, running, best);
  }

  /** Training batches since the last regular row. */
  Tally running() {
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
      Figures train,
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
