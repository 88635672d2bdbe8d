package dev.sieve.training;

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

  /** Training batches since the last row. */
  final Tally running;

  private final List<EpochMetrics> curve = new ArrayList<>();
  private @Nullable TrialResult result;

  TrialProgress(Trial trial) {
    this.trial = trial;
    this.running = new Tally(trial.settings().network().classes());
  }

  boolean live() {
    return result == null;
  }

  void add(EpochMetrics row) {
    curve.add(row);
  }

  /** Ends the trial with what was measured after the last step, its last row included. */
  void finish(
      Figures train, ConfusionMatrix confusion, @Nullable Parameters parameters, long steps) {
    EpochMetrics last = curve.get(curve.size() - 1);
    result =
        new TrialResult(
            Status.DONE,
            steps,
            last.epoch(),
            train,
            last.validation(),
            last.test(),
            curve,
            confusion,
            null,
            null,
            parameters);
  }

  /** Ends the trial with the curve so far. */
  void diverge(long steps, int epoch) {
    result =
        new TrialResult(
            Status.DIVERGED, steps, epoch, null, null, null, curve, null, epoch, null, null);
  }

  TrialResult result() {
    return Objects.requireNonNull(result, "the trial has not ended");
  }
}
