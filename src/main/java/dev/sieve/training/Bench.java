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
 * against the peak of fused multiply-adds of as many cores, measured between the epochs. Epochs of
 * less than a second, those of small tables, are measured together, as many as fill one.
 *
 * @param hidden widths of the hidden layers
 * @param fuse networks side by side in a task
 * @param epochs measurements, after one to warm up
 * @param tasks tasks at the same time, each on a core of its own
 * @param optimiser the update rule
 */
public record Bench(List<Integer> hidden, int fuse, int epochs, int tasks, Optimiser optimiser) {
  private static final int BATCH = 100;

  /** What is shorter says more of the neighbours than of the machine. */
  private static final long NANOSECONDS = 1_000_000_000;

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
    List<Task> all = new ArrayList<>();
    try {
      for (int task = 0; task < tasks; task++) {
        EngineSession session = engine.open(group, data.standardiser());
        all.add(new Task(session, new BatchOrder(group.first(), data.train()), network, fuse));
      }
      double bestAlone = 0;
      double bestTogether = 0;
      for (int turn = 0; turn <= epochs; turn++) {
        double alone = measure(workers, all.subList(0, 1), flops, turn, out);
        bestAlone = Math.max(bestAlone, alone);
        if (tasks > 1) {
          bestTogether = Math.max(bestTogether, measure(workers, all, flops, turn, out));
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
      all.forEach(task -> task.session.close());
      workers.close();
    }
  }

  /**
   * Epochs of these tasks at once, for a second at least.
   *
   * @param flops of one task's epoch
   * @return GFLOP/s of all
   */
  private double measure(
      Workers workers, List<Task> some, double flops, int turn, Consumer<String> out) {
    int count = some.size();
    double[] peaks = new double[count];
    int[] trained = new int[count];
    workers.run(count, task -> peaks[task] = FmaPeak.gigaflops());
    double seconds = workers.run(count, task -> trained[task] = some.get(task).train());
    workers.run(count, task -> peaks[task] = Math.max(peaks[task], FmaPeak.gigaflops()));
    double peak = Arrays.stream(peaks).sum();
    int all = Arrays.stream(trained).sum();
    double speed = all * flops / seconds / 1e9;
    out.accept(
        String.format(
            Locale.ROOT,
            "%s%s: %.4f s a net-epoch, %.1f GFLOP/s, %.1f %% of the FMA peak of %.1f GFLOP/s",
            turn == 0 ? "warm-up" : all == count ? "epoch " + turn : all / count + " epochs",
            tasks == 1 ? "" : count == 1 ? ", one task" : ", " + count + " tasks",
            seconds / fuse / all,
            speed,
            100 * speed / peak,
            peak));
    return speed;
  }

  /** One task's networks, and how far they are. */
  private static final class Task {
    private final EngineSession session;
    private final BatchOrder order;
    private final MetricAccumulator[] tallies;
    private final double[] etas;
    private long step;

    Task(EngineSession session, BatchOrder order, NetworkSpec network, int fuse) {
      this.session = session;
      this.order = order;
      this.tallies = new MetricAccumulator[fuse];
      this.etas = new double[fuse];
      Arrays.setAll(tallies, i -> new MetricAccumulator(network.classes()));
      Arrays.fill(etas, 0.01);
    }

    /** Whole epochs until a second has passed; how many. */
    int train() {
      long start = System.nanoTime();
      int epochs = 0;
      do {
        for (long i = 0; i < order.stepsPerEpoch(); i++) {
          session.step(order.at(step++), etas, tallies);
        }
        epochs++;
      } while (System.nanoTime() - start < NANOSECONDS);
      return epochs;
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
