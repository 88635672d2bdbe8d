package dev.sieve.engine.reference;

import dev.sieve.engine.Batch;
import dev.sieve.engine.Tally;
import dev.sieve.network.Parameters;
import dev.sieve.trial.TrainingSpec;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** A network with what trains it: the loss at its end and an update rule for each parameter. */
final class TrainedNetwork {
  private final Network network;
  private final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
  private final List<Parameter> trained;
  private final List<UpdateRule> rules;

  TrainedNetwork(Network network, TrainingSpec training) {
    this.network = network;
    this.trained = network.trained();
    this.rules = trained.stream().map(p -> UpdateRule.of(training.optimiser())).toList();
  }

  void step(DMatrixRMaj x, Batch batch, double eta, Tally tally) {
    differentiate(x, batch, tally);
    for (int i = 0; i < trained.size(); i++) {
      rules.get(i).update(trained.get(i), eta);
    }
    network.norms().forEach(BatchNormalisation::followBatch);
  }

  void evaluate(DMatrixRMaj x, Batch batch, Tally tally) {
    loss.forward(network.forward(x, Normalise.BY_STATISTICS), batch, tally);
  }

  Parameters gradients(DMatrixRMaj x, Batch batch) {
    differentiate(x, batch, new Tally(batch.images().classes()));
    return network.gradients();
  }

  /** One batch of PreciseBN: see {@link BatchNormalisation#pool}. */
  void pool(DMatrixRMaj x, double weight) {
    network.forward(x, Normalise.BY_BATCH);
    network.norms().forEach(norm -> norm.pool(weight));
  }

  double squaredWeights() {
    return network.squaredWeights();
  }

  Parameters parameters() {
    return network.parameters();
  }

  private void differentiate(DMatrixRMaj x, Batch batch, Tally tally) {
    loss.forward(network.forward(x, Normalise.BY_BATCH), batch, tally);
    network.backward(loss.gradient(batch));
  }
}
