package dev.sieve.engine.reference;

import dev.sieve.network.Initialiser;
import dev.sieve.network.NetworkSpec;
import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import dev.sieve.trial.Trial;
import org.ejml.data.DMatrixRMaj;

/** A trial's untrained network: standard normals of (seed, replicate, layer) times deviations. */
final class Initialisation {
  private Initialisation() {}

  static Network of(Trial trial) {
    NetworkSpec spec = trial.settings().network();
    Network network = new Network(spec, trial.settings().training().lambda());
    for (int layer = 0; layer < spec.layers(); layer++) {
      Linear linear = network.linear(layer);
      fill(
          linear.weights().value(),
          trial,
          "weights",
          layer,
          deviation(spec, layer, spec.weights()));
      fill(linear.biases().value(), trial, "biases", layer, deviation(spec, layer, spec.biases()));
    }
    return network;
  }

  private static double deviation(NetworkSpec spec, int layer, Initialiser initialiser) {
    return initialiser.deviation(spec.fanIn(layer), spec.fanOut(layer));
  }

  /** Row-major order, so that the draws are the same whatever the deviation. */
  private static void fill(
      DMatrixRMaj matrix, Trial trial, String purpose, int layer, double deviation) {
    Draws draws = Seed.of(trial.seed(), purpose).replicate(trial.replicate()).layer(layer).draws();
    for (int i = 0; i < matrix.getNumElements(); i++) {
      matrix.data[i] = draws.nextNormal() * deviation;
    }
  }
}
