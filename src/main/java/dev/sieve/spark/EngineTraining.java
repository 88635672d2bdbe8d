package dev.sieve.spark;

import dev.sieve.data.DataSet;
import dev.sieve.engine.Engines;
import dev.sieve.training.Trainer;
import dev.sieve.training.TrainingListener;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialResult;
import java.util.List;

/**
 * Trains a group with an engine, on the data of its selection.
 *
 * @param checkpoints where trials of more than one stage go on from
 */
record EngineTraining(String engineType, CheckpointFolder checkpoints) implements GroupTraining {
  @Override
  public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
    return new Trainer(Engines.byType(engineType))
        .train(
            group,
            PreparedDataCache.get(data, group.first().settings().data(), group.first().seed()),
            listener,
            checkpoints);
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
