package dev.sieve.training;

import dev.sieve.data.DataSelection;
import dev.sieve.data.DataSelection.Order;
import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.data.PreparedData;
import dev.sieve.engine.Engine;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.Tally;
import dev.sieve.kernel.FmaPeak;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.BatchNorm.Statistics;
import dev.sieve.network.Initialiser;
import dev.sieve.network.NetworkSpec;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.TrainingSpec;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Measures training on this machine: epochs of plain descent with batch norm in batches of 100, one
 * thread, against the core's peak of fused multiply-adds measured between the epochs.
 *
 * @param hidden widths of the hidden layers
 * @param fuse networks side by side
 * @param epochs epochs to train, after one to warm up
 */
public record Bench(List<Integer> hidden, int fuse, int epochs) {
  private static final int BATCH = 100;

  public Bench {
    hidden = List.copyOf(hidden);
    if (fuse < 1 || epochs < 1) {
      throw new IllegalArgumentException(
          "fuse >= 1 and epochs >= 1 must hold, but got fuse=%d, epochs=%d"
              .formatted(fuse, epochs));
    }
  }

  /** Trains and tells of every epoch in a line. */
  public void run(Engine engine, PreparedData data, Consumer<String> out) {
    TrialGroup group = group(data);
    NetworkSpec network = group.first().settings().network();
    out.accept(
        "%s engine, %s kernels, %d-bit vectors; %d × %s, batches of %d"
            .formatted(
                engine.type(),
                engine.provider(),
                engine.vectorBits(),
                fuse,
                shape(network),
                BATCH));
    long images = group.first().settings().stepsPerEpoch() * BATCH;
    double flops = (double) images * network.trainingFlops() * fuse;
    try (EngineSession session = engine.open(group, data.standardiser())) {
      BatchOrder order = new BatchOrder(group.first(), data.train());
      for (int epoch = 0; epoch <= epochs; epoch++) {
        double before = FmaPeak.gigaflops();
        double seconds = epoch(session, order, epoch);
        double peak = Math.max(before, FmaPeak.gigaflops());
        double speed = flops / seconds / 1e9;
        out.accept(
            String.format(
                Locale.ROOT,
                "%s: %.4f s a net-epoch, %.1f GFLOP/s, %.1f %% of the FMA peak of %.1f GFLOP/s",
                epoch == 0 ? "warm-up" : "epoch " + epoch,
                seconds / fuse,
                speed,
                100 * speed / peak,
                peak));
      }
    }
  }

  /** Seconds. */
  private double epoch(EngineSession session, BatchOrder order, int epoch) {
    Tally[] tallies = new Tally[fuse];
    Arrays.setAll(tallies, i -> new Tally(10));
    double[] etas = new double[fuse];
    Arrays.fill(etas, 0.01);
    long steps = order.stepsPerEpoch();
    long start = System.nanoTime();
    for (long step = epoch * steps; step < (epoch + 1) * steps; step++) {
      session.step(order.at(step), etas, tallies);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static String shape(NetworkSpec network) {
    StringBuilder text = new StringBuilder().append(network.inputs());
    network.hidden().forEach(width -> text.append('-').append(width));
    return text.append('-').append(network.classes()).toString();
  }

  private TrialGroup group(PreparedData data) {
    int train = data.train().count() - data.train().count() % BATCH;
    BatchNorm norm =
        new BatchNorm(Placement.BEFORE_ACTIVATION, true, 1e-5, Statistics.MOVING_AVERAGE, 0.9, 100);
    NetworkSpec network =
        new NetworkSpec(
            data.standardiser().inputs(),
            hidden,
            data.train().images().classes(),
            norm,
            new Initialiser.He(),
            new Initialiser.Zero());
    TrainingSpec training =
        new TrainingSpec(
            BATCH,
            0.005,
            new Optimiser.Sgd(),
            new Schedule.Constant(0.01, epochs + 1),
            false,
            0,
            false);
    DataSelection selection =
        new DataSelection(train, 1, Order.SEEDED, false, Standardisation.PER_INPUT);
    TrialSettings settings =
        new TrialSettings(network, training, selection, false, false, new TreeMap<>());
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < fuse; i++) {
      TrialKey key = new TrialKey("bench", Phase.COARSE, 0, "bench", i, 0);
      trials.add(new Trial(key, i, new Configuration(new TreeMap<>()), settings, 1));
    }
    return new TrialGroup(trials);
  }
}
