package dev.sieve.engine.vector;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.Checkpoint.Precision;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.kernel.Blocks;
import dev.sieve.kernel.Kernels;
import dev.sieve.kernel.SelfTest;
import dev.sieve.network.NetworkSpec;
import dev.sieve.network.Parameters;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes each batch once and runs all live networks on it together. Steps and evaluations allocate
 * nothing; a drop or a batch larger than the trials' own rebuilds the fused networks.
 */
final class VectorSession implements EngineSession {
  private static final int DROPPED = -1;

  private final Kernels kernels;
  private final NetworkSpec spec;
  private final UpdateRule rule;
  private final double[] lambdas;
  private final Inputs inputs;

  /** Place among the fused networks of each of the group's, {@link #DROPPED} for dropped ones. */
  private final int[] places;

  private final double[] etas;
  private final double[] squares;
  private @Nullable FusedNetworks fused;
  private boolean squaresKnown;

  /** Steps that each network has taken; the same for all live ones whenever a step is made. */
  private final long[] taken;

  VectorSession(Kernels kernels, TrialGroup group, Standardiser standardiser) {
    Optimiser optimiser = group.first().settings().training().optimiser();
    int rows = group.first().settings().training().batchSize();
    this.kernels = kernels;
    this.spec = group.first().settings().network();
    this.rule = UpdateRule.of(optimiser, kernels);
    this.lambdas = new double[group.size()];
    this.places = new int[group.size()];
    this.etas = new double[group.size()];
    this.squares = new double[group.size()];
    this.taken = new long[group.size()];
    List<NetworkState> states = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      Trial trial = group.trials().get(i);
      lambdas[i] = trial.settings().training().lambda();
      places[i] = i;
      states.add(NetworkState.initial(trial, rule.states()));
    }
    this.inputs = new Inputs(kernels, standardiser, rows);
    this.fused = new FusedNetworks(kernels, spec, rule, lambdas, states, rows);
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public void step(Batch batch, double[] eta, MetricAccumulator[] tallies) {
    FusedNetworks networks = sized(batch.count());
    if (networks == null) {
      return;
    }
    for (int i = 0; i < places.length; i++) {
      if (places[i] != DROPPED) {
        etas[places[i]] = eta[i];
      }
    }
    long number = countStep();
    int n = batch.count();
    inputs.decode(batch, 0, n);
    networks.forwardByBatch(inputs.x(), n);
    tally(networks, n, tallies);
    rule.begin(number);
    networks.backwardAndUpdate(inputs.x(), n, etas);
    if (number > 1) {
      networks.followBatch();
    } else {
      networks.startFromBatch();
    }
    squaresKnown = false;
    SelfTest.step(kernels);
  }

  /** Counts a step of all live networks. */
  private long countStep() {
    long number = 0;
    for (int i = 0; i < places.length; i++) {
      if (places[i] == DROPPED) {
        continue;
      }
      taken[i]++;
      if (number != 0 && taken[i] != number) {
        throw new IllegalStateException(
            "all networks of a session must take the same steps, but one was at its step %s and network %s at %s"
                .formatted(number, i, taken[i]));
      }
      number = taken[i];
    }
    return number;
  }

  @Override
  public void evaluate(Batch batch, MetricAccumulator[] tallies) {
    FusedNetworks networks = fused;
    if (networks == null) {
      return;
    }
    for (int from = 0; from < batch.count(); from += networks.rows()) {
      int n = Math.min(networks.rows(), batch.count() - from);
      inputs.decode(batch, from, n);
      networks.forwardByStatistics(inputs.x(), n);
      tally(networks, n, tallies);
    }
  }

  private void tally(FusedNetworks networks, int n, MetricAccumulator[] tallies) {
    int[] labels = inputs.labels();
    for (int i = 0; i < places.length; i++) {
      if (places[i] != DROPPED) {
        networks.losses(places[i], labels, n);
        for (int image = 0; image < n; image++) {
          tallies[i].add(labels[image], networks.predicted(image), networks.loss(image));
        }
      }
    }
  }

  @Override
  public void recomputeStatistics(List<Batch> batches) {
    int images = 0;
    for (Batch batch : batches) {
      FusedNetworks networks = sized(batch.count());
      if (networks == null) {
        return;
      }
      images += batch.count();
      inputs.decode(batch, 0, batch.count());
      networks.forwardByBatch(inputs.x(), batch.count());
      networks.pool((double) batch.count() / images);
    }
  }

  @Override
  public double squaredWeights(int network) {
    FusedNetworks networks = live(network);
    if (!squaresKnown) {
      networks.squaredWeights(squares);
      squaresKnown = true;
    }
    return squares[places[network]];
  }

  @Override
  public Parameters parameters(int network) {
    return live(network).save(places[network]).parameters(spec);
  }

  @Override
  public Parameters gradients(int network, Batch batch) {
    int n = batch.count();
    UpdateRule gradientsOnly = new UpdateRule.GradientsOnly(kernels);
    NetworkState state = live(network).save(places[network]).withStates(gradientsOnly.states());
    FusedNetworks alone =
        new FusedNetworks(kernels, spec, gradientsOnly, new double[] {0}, List.of(state), n);
    if (inputs.x().rows() < n) {
      inputs.grow(n);
    }
    Blocks x = inputs.x();
    inputs.decode(batch, 0, n);
    alone.forwardByBatch(x, n);
    alone.losses(0, inputs.labels(), n);
    alone.backwardAndUpdate(x, n, new double[] {0});
    return alone.save(0).gradients(spec, lambdas[network]);
  }

  @Override
  public Checkpoint save(int network) {
    return live(network).save(places[network]).checkpoint(spec, taken[network]);
  }

  @Override
  public void load(int network, Checkpoint checkpoint) {
    checkpoint.requireFits(spec, Precision.SINGLE, rule.states());
    live(network).load(places[network], NetworkState.of(checkpoint));
    taken[network] = checkpoint.steps();
    squaresKnown = false;
  }

  @Override
  public void drop(int network) {
    if (places[network] != DROPPED) {
      rebuild(network, fused == null ? 1 : fused.rows());
    }
  }

  /** The live networks, with room for batches of {@code n}; null if there is none. */
  private @Nullable FusedNetworks sized(int n) {
    if (fused != null && fused.rows() < n) {
      rebuild(DROPPED, n);
    }
    return fused;
  }

  private void rebuild(int without, int rows) {
    FusedNetworks before = fused;
    if (before == null) {
      return;
    }
    List<NetworkState> states = new ArrayList<>();
    List<Double> kept = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] != DROPPED && i != without) {
        states.add(before.save(places[i]));
        kept.add(lambdas[i]);
        places[i] = states.size() - 1;
      } else {
        places[i] = DROPPED;
      }
    }
    if (inputs.x().rows() < rows) {
      inputs.grow(rows);
    }
    double[] keptLambdas = kept.stream().mapToDouble(Double::doubleValue).toArray();
    fused =
        states.isEmpty() ? null : new FusedNetworks(kernels, spec, rule, keptLambdas, states, rows);
    squaresKnown = false;
  }

  @Override
  public void close() {
    fused = null;
  }

  private FusedNetworks live(int network) {
    if (fused == null || places[network] == DROPPED) {
      throw new IllegalStateException(
          "a network that was dropped must not be used, but got network " + network);
    }
    return fused;
  }
}
