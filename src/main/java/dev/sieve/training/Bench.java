package dev.sieve.training;

import dev.sieve.data.DataSelection;
import dev.sieve.data.DataSelection.Order;
import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.data.PreparedData;
import dev.sieve.engine.Engine;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.kernel.FmaPeak;
import dev.sieve.kernel.Jvm;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Measures training on this machine: epochs with batch norm in batches of 100, one thread a task,
 * against the peak of fused multiply-adds of as many cores, measured between the epochs.
 *
 * @param hidden widths of the hidden layers
 * @param fuse networks side by side in a task
 * @param epochs epochs to train, after one to warm up
 * @param tasks tasks at the same time, each on a core of its own
 * @param optimiser the update rule
 */
public record Bench(List<Integer> hidden, int fuse, int epochs, int tasks, Optimiser optimiser) {
  private static final int BATCH = 100;

  public Bench {
    hidden = List.copyOf(hidden);
    if (fuse < 1 || epochs < 1 || tasks < 1) {
      throw new IllegalArgumentException(
          "fuse >= 1, epochs >= 1 and tasks >= 1 must hold, but got fuse=%s, epochs=%s, tasks=%s"
              .formatted(fuse, epochs, tasks));
    }
  }

  /**
   * Trains and tells of every epoch in a line. With more than one task every epoch is trained
   * twice, by one task alone and by all at once, and a last line has the ratio of the two speeds.
   */
  public void run(Engine engine, PreparedData data, Consumer<String> out) {
    TrialGroup group = group(data);
    NetworkSpec network = group.first().settings().network();
    out.accept(
        "%s engine, %s kernels, %s-bit vectors, %s collector, %s compiler; %s × %s, %s, batches of %s"
            .formatted(
                engine.type(),
                engine.provider(),
                engine.vectorBits(),
                Jvm.collector(),
                Jvm.compiler(),
                fuse,
                shape(network),
                optimiser.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                BATCH));
    long images = group.first().settings().stepsPerEpoch() * BATCH;
    double flops = (double) images * network.trainingFlops() * fuse;
    Workers workers = new Workers(tasks);
    List<EngineSession> sessions = new ArrayList<>();
    try {
      for (int task = 0; task < tasks; task++) {
        sessions.add(engine.open(group, data.standardiser()));
      }
      List<BatchOrder> orders = new ArrayList<>();
      sessions.forEach(session -> orders.add(new BatchOrder(group.first(), data.train())));
      double bestAlone = 0;
      double bestTogether = 0;
      for (int turn = 0; turn <= epochs; turn++) {
        int epoch = turn;
        IntConsumer work = task -> epoch(sessions.get(task), orders.get(task), epoch);
        double alone = measure(workers, 1, flops, turn, work, out);
        bestAlone = Math.max(bestAlone, alone);
        if (tasks > 1) {
          bestTogether = Math.max(bestTogether, measure(workers, tasks, flops, turn, work, out));
        }
      }
      if (tasks > 1) {
        out.accept(
            String.format(
                Locale.ROOT,
                "%d tasks at once are %.2f times as fast as one",
                tasks,
                bestTogether / bestAlone));
      }
    } finally {
      sessions.forEach(EngineSession::close);
      workers.close();
    }
  }

  /**
   * One epoch of each of so many tasks at once.
   *
   * @param flops of one task's epoch
   * @return GFLOP/s of all
   */
  private double measure(
      Workers workers, int count, double flops, int turn, IntConsumer work, Consumer<String> out) {
    double[] peaks = new double[count];
    workers.run(count, task -> peaks[task] = FmaPeak.gigaflops());
    double seconds = workers.run(count, work);
    workers.run(count, task -> peaks[task] = Math.max(peaks[task], FmaPeak.gigaflops()));
    double peak = Arrays.stream(peaks).sum();
    double speed = count * flops / seconds / 1e9;
    out.accept(
        String.format(
            Locale.ROOT,
            "%s%s: %.4f s a net-epoch, %.1f GFLOP/s, %.1f %% of the FMA peak of %.1f GFLOP/s",
            turn == 0 ? "warm-up" : "epoch " + turn,
            tasks == 1 ? "" : count == 1 ? ", one task" : ", " + count + " tasks",
            seconds / fuse / count,
            speed,
            100 * speed / peak,
            peak));
    return speed;
  }

  private void epoch(EngineSession session, BatchOrder order, int epoch) {
    MetricAccumulator[] tallies = new MetricAccumulator[fuse];
    Arrays.setAll(tallies, i -> new MetricAccumulator(10));
    double[] etas = new double[fuse];
    Arrays.fill(etas, 0.01);
    long steps = order.stepsPerEpoch();
    for (long step = epoch * steps; step < (epoch + 1) * steps; step++) {
      session.step(order.at(step), etas, tallies);
    }
  }

  /** A thread for each task, kept from epoch to epoch. */
  private static final class Workers implements AutoCloseable {
    private final ExecutorService pool;

    Workers(int count) {
      this.pool = Executors.newFixedThreadPool(count);
    }

    /** Runs tasks 0 … count − 1 at once; seconds until the last has ended. */
    double run(int count, IntConsumer task) {
      List<Future<?>> all = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        int number = i;
        all.add(pool.submit(() -> task.accept(number)));
      }
      try {
        for (Future<?> one : all) {
          one.get();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("a benchmark runs to its end", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
      return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
      pool.shutdownNow();
    }
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
            data.train().examples().classes(),
            norm,
            new Initialiser.He(),
            new Initialiser.Zero());
    TrainingSpec training =
        new TrainingSpec(
            BATCH, 0.005, optimiser, new Schedule.Constant(0.01, epochs + 1), false, 0, false);
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
