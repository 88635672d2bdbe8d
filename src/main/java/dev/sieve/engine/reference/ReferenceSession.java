package dev.sieve.engine.reference;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.network.Parameters;
import dev.sieve.trial.TrialGroup;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Decodes each batch once and gives it to one live network after the other. */
final class ReferenceSession implements EngineSession {
  private final Standardiser standardiser;
  private final @Nullable TrainedNetwork[] networks;
  private final DMatrixRMaj inputs = new DMatrixRMaj(0, 0);

  ReferenceSession(TrialGroup group, Standardiser standardiser) {
    this.standardiser = standardiser;
    this.networks = new TrainedNetwork[group.size()];
    for (int i = 0; i < networks.length; i++) {
      networks[i] = new TrainedNetwork(group.trials().get(i));
    }
  }

  @Override
  public int size() {
    return networks.length;
  }

  @Override
  public void step(Batch batch, double[] eta, MetricAccumulator[] tallies) {
    Inputs.decode(batch, standardiser, inputs);
    for (int i = 0; i < networks.length; i++) {
      TrainedNetwork network = networks[i];
      if (network != null) {
        network.step(inputs, batch, eta[i], tallies[i]);
      }
    }
  }

  @Override
  public void evaluate(Batch batch, MetricAccumulator[] tallies) {
    Inputs.decode(batch, standardiser, inputs);
    for (int i = 0; i < networks.length; i++) {
      TrainedNetwork network = networks[i];
      if (network != null) {
        network.evaluate(inputs, batch, tallies[i]);
      }
    }
  }

  @Override
  public void recomputeStatistics(List<Batch> batches) {
    int images = 0;
    for (Batch batch : batches) {
      Inputs.decode(batch, standardiser, inputs);
      images += batch.count();
      double weight = (double) batch.count() / images;
      for (TrainedNetwork network : networks) {
        if (network != null) {
          network.pool(inputs, weight);
        }
      }
    }
  }

  @Override
  public double squaredWeights(int network) {
    return live(network).squaredWeights();
  }

  @Override
  public Parameters parameters(int network) {
    return live(network).parameters();
  }

  @Override
  public Parameters gradients(int network, Batch batch) {
    Inputs.decode(batch, standardiser, inputs);
    return live(network).gradients(inputs, batch);
  }

  @Override
  public Checkpoint save(int network) {
    return live(network).save();
  }

  @Override
  public void load(int network, Checkpoint checkpoint) {
    live(network).load(checkpoint);
  }

  @Override
  public void drop(int network) {
    networks[network] = null;
  }

  @Override
  public void close() {}

  private TrainedNetwork live(int network) {
    TrainedNetwork found = networks[network];
    if (found == null) {
      throw new IllegalStateException(
          "a network that was dropped must not be used, but got network " + network);
    }
    return found;
  }
}
