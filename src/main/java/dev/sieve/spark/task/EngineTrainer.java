package dev.sieve.spark.task;

import dev.sieve.data.DataSet;
import dev.sieve.data.PreparedDataCache;
import dev.sieve.engine.factory.Engines;
import dev.sieve.training.Trainer;
import dev.sieve.training.TrainingListener;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains a group with an engine, on the data of its selection.
 *
 * @param checkpoints where trials go on from
 * @param every so much training apart running groups keep what they have; null for never
 */
record EngineTrainer(String engineType, CheckpointFolder checkpoints, @Nullable Duration every)
    implements GroupTrainer {
  /** One that keeps nothing on the way. */
  EngineTrainer(String engineType, CheckpointFolder checkpoints) {
    this(engineType, checkpoints, null);
  }

  @Override
  public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
    return new Trainer(Engines.byType(engineType), every)
        .train(
            group,
            PreparedDataCache.get(data, group.first().settings().data(), group.first().seed()),
            listener,
            checkpoints);
  }

  @Override
  public Map<TrialKey, Long> kept(Collection<Trial> trials) throws IOException {
    Trainer trainer = new Trainer(Engines.byType(engineType));
    Map<TrialKey, byte[]> heads =
        checkpoints.progressHeads(trials.stream().map(Trial::key).toList(), Trainer.keptHead());
    Map<TrialKey, Long> steps = new HashMap<>();
    for (Trial trial : trials) {
      byte[] head = heads.get(trial.key());
      long taken = head == null ? 0 : trainer.keptSteps(trial, head);
      if (taken > 0) {
        steps.put(trial.key(), taken);
      }
    }
    return steps;
  }

  @Override
  public String provider() {
    return Engines.byType(engineType).provider();
  }

  @Override
  public int vectorBits() {
    return Engines.byType(engineType).vectorBits();
  }
}
