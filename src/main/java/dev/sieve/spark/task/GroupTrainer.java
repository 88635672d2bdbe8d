package dev.sieve.spark.task;

import dev.sieve.data.DataSet;
import dev.sieve.training.TrainingListener;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a task does with its group; shipped to executors. */
public interface GroupTrainer extends Serializable {
  /**
   * One result a trial, in the group's order.
   *
   * @throws dev.sieve.training.TrainingStoppedException if the listener asks for it
   */
  List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener);

  /** Steps that trials have taken by what was kept of them within their stage; on the driver. */
  default Map<TrialKey, Long> kept(Collection<Trial> trials) throws IOException {
    return Map.of();
  }

  /** So much training apart groups keep what they have; null for never. */
  default @Nullable Duration every() {
    return null;
  }

  /** The column {@code run_provider}. */
  String provider();

  /** The column {@code run_vector_bits}; 0 where the engine uses no vectors. */
  int vectorBits();
}
