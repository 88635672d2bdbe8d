package dev.sieve.engine.reference;

import dev.sieve.engine.Batch;
import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.Checkpoint.Precision;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.network.NetworkSpec;
import dev.sieve.network.Parameters;
import dev.sieve.trial.Trial;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** A network with what trains it: the loss at its end and an update rule for each parameter. */
final class TrainedNetwork {
  private final NetworkSpec spec;
  private final Network network;
  private final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
  private final List<Parameter> trained;

  /** By the parameter itself: two with the same values have rules of their own. */
  private final Map<Parameter, UpdateRule> rules = new IdentityHashMap<>();

  private long steps;

  /** A trial's untrained network. */
  TrainedNetwork(Trial trial) {
    this.spec = trial.settings().network();
    this.network = Initialisation.of(trial);
    this.trained = network.trained();
    for (Parameter parameter : trained) {
      rules.put(parameter, UpdateRule.of(trial.settings().training().optimiser()));
    }
  }

  void step(DMatrixRMaj x, Batch batch, double eta, MetricAccumulator tally) {
    differentiate(x, batch, tally);
    for (Parameter parameter : trained) {
      rule(parameter).update(parameter, eta);
    }
    network.norms().forEach(BatchNormalisation::followBatch);
    steps++;
  }

  void evaluate(DMatrixRMaj x, Batch batch, MetricAccumulator tally) {
    loss.forward(network.forward(x, Normalise.BY_STATISTICS), batch, tally);
  }

  Parameters gradients(DMatrixRMaj x, Batch batch) {
    differentiate(x, batch, new MetricAccumulator(batch.examples().classes()));
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

  Checkpoint save() {
    List<Parameters> kept = new ArrayList<>();
    for (int i = 0; i < states(); i++) {
      int state = i;
      kept.add(network.each(parameter -> state(parameter, state)));
    }
    return new Checkpoint(Precision.DOUBLE, steps, network.parameters(), kept);
  }

  void load(Checkpoint checkpoint) {
    checkpoint.requireFits(spec, Precision.DOUBLE, states());
    steps = checkpoint.steps();
    network.set(Parameter::value, checkpoint.parameters());
    network.resumeStatistics(checkpoint.parameters(), steps > 0);
    for (int i = 0; i < states(); i++) {
      int state = i;
      network.set(parameter -> state(parameter, state), checkpoint.rule().get(i));
    }
    rules.values().forEach(rule -> rule.resume(steps));
  }

  private int states() {
    return rule(trained.get(0)).state(trained.get(0)).size();
  }

  private DMatrixRMaj state(Parameter parameter, int index) {
    return rule(parameter).state(parameter).get(index);
  }

  private UpdateRule rule(Parameter parameter) {
    UpdateRule found = rules.get(parameter);
    if (found == null) {
      throw new IllegalArgumentException("a parameter must be one of the network's");
    }
    return found;
  }

  private void differentiate(DMatrixRMaj x, Batch batch, MetricAccumulator tally) {
    loss.forward(network.forward(x, Normalise.BY_BATCH), batch, tally);
    network.backward(loss.gradient(batch));
  }
}
