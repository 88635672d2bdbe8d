package dev.sieve.spark;

import dev.sieve.data.DataSet;
import dev.sieve.training.TrainingListener;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialResult;
import java.io.Serializable;
import java.util.List;

/** What a task does with its group; shipped to executors. */
interface GroupTraining extends Serializable {
  /**
   * One result a trial, in the group's order.
   *
   * @throws dev.sieve.training.TrainingStoppedException if the listener asks for it
   */
  List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener);

  /** The column {@code run_provider}. */
  String provider();

  /** The column {@code run_vector_bits}; 0 where the engine uses no vectors. */
  int vectorBits();
}
