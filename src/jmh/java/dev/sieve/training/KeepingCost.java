package dev.sieve.training;

import dev.sieve.engine.Engine;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.engine.TestTrials;
import dev.sieve.engine.factory.Engines;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How long a running group takes to keep what it has, beside two minutes: {@code java …
 * dev.sieve.training.KeepingCost FOLDER}.
 */
final class KeepingCost {
  private static final int TIMES = 9;

  private KeepingCost() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Integer[] wide = Collections.nCopies(6, 500).toArray(new Integer[0]);
    Optimiser adam = new Optimiser.Adam(0.9, 0.999, 1e-8);
    measure(folder, new Optimiser.Sgd(), 8, 50, 50);
    measure(folder, adam, 8, 50, 50);
    measure(folder, new Optimiser.Sgd(), 1, wide);
    measure(folder, adam, 1, wide);
    measure(folder, adam, 8, wide);
  }

  private static void measure(Path folder, Optimiser rule, int networks, Integer... hidden) {
    TestTrials made =
        new TestTrials()
            .inputs(3072)
            .train(100)
            .batchSize(100)
            .hidden(hidden)
            .optimiser(rule)
            .batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true));
    List<Trial> trials =
        IntStream.range(0, networks).mapToObj(i -> made.replicate(i).trial()).toList();
    Engine engine = Engines.byType("vector");
    long[] bytes = {0};
    Keeping keeping =
        new Keeping(
            "vector", files(folder, bytes), new Recorder(), Duration.ofDays(1), System::nanoTime);
    double[] seconds = new double[TIMES];
    try (EngineSession session = engine.open(new TrialGroup(trials), made.data().standardiser())) {
      List<TrialProgress> all = trials.stream().map(TrialProgress::new).toList();
      MetricAccumulator[] tallies =
          all.stream().map(TrialProgress::running).toArray(MetricAccumulator[]::new);
      double[] eta = new double[networks];
      Arrays.fill(eta, 0.01);
      BatchOrder order = new BatchOrder(trials.get(0), made.data().train());
      for (int time = 0; time < TIMES; time++) {
        session.step(order.at(0), eta, tallies);
        bytes[0] = 0;
        long start = System.nanoTime();
        keeping.keep(session, all, time + 1);
        seconds[time] = (System.nanoTime() - start) / 1e9;
      }
    }
    Arrays.sort(seconds);
    double median = seconds[TIMES / 2];
    System.out.printf(
        Locale.ROOT,
        "%d x %s %s: %.1f MB, median %.3f s (%.3f to %.3f) = %.2f %% of two minutes%n",
        networks,
        List.of(hidden),
        rule,
        bytes[0] / 1e6,
        median,
        seconds[0],
        seconds[TIMES - 1],
        100 * median / 120);
  }

  private static CheckpointStore files(Path folder, long[] bytes) {
    return new CheckpointStore() {
      @Override
      public byte @Nullable [] read(TrialKey key) {
        return null;
      }

      @Override
      public void write(TrialKey key, byte[] content) {}

      @Override
      public void writeProgress(TrialKey key, byte[] content) throws IOException {
        Path hidden = folder.resolve(".tmp");
        try (FileChannel file =
            FileChannel.open(hidden, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
          file.write(ByteBuffer.wrap(content));
        }
        Files.move(
            hidden,
            folder.resolve("progress-" + key.replicate()),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        bytes[0] += content.length;
      }
    };
  }
}
