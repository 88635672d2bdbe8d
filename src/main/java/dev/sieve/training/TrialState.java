package dev.sieve.training;

import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.trial.EpochMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a trial stands between two steps: all that its later rows depend on.
 *
 * @param running training batches since the last regular row
 * @param best the best of the regular rows so far; null where there is none
 * @param rows of the stage so far; none where a stage begins
 */
record TrialState(
    Checkpoint network,
    MetricAccumulator running,
    @Nullable EpochMetrics best,
    List<EpochMetrics> rows) {
  TrialState {
    rows = List.copyOf(rows);
  }

  /** Between two stages. */
  TrialState(Checkpoint network, MetricAccumulator running, @Nullable EpochMetrics best) {
    this(network, running, best, List.of());
  }
}
