package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Batch;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.engine.TestTrials;
import dev.sieve.engine.factory.Engines;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a group of 8 trials of [50, 50] takes beside the images. */
class MemoryTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final long LIMIT = 40 * MEBIBYTE;
  private static final int TRAIN = 400;

  /** Of all networks, in single precision: what a measurement must at least see. */
  private static final long WEIGHTS = 8 * (3072 * 50 + 50 * 50 + 50 * 10) * (long) Float.BYTES;

  private static TestTrials trial(int replicate) {
    return new TestTrials()
        .inputs(3072)
        .hidden(50, 50)
        .batchSize(100)
        .train(TRAIN)
        .batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true))
        .schedule(new Schedule.Constant(0.01, 2))
        .replicate(replicate);
  }

  private static TrialGroup group(UnaryOperator<TestTrials> change) {
    Stream<Trial> trials = IntStream.range(0, 8).mapToObj(i -> change.apply(trial(i)).trial());
    return new TrialGroup(trials.toList());
  }

  @Test
  void aSessionIsSmallBesideTheImages() {
    PreparedData data = trial(0).data();
    TrialGroup group = group(trial -> trial);
    long before = usedAfterCollection();
    try (EngineSession session = Engines.byType("vector").open(group, data.standardiser())) {
      MetricAccumulator[] tallies =
          Stream.generate(() -> new MetricAccumulator(10))
              .limit(8)
              .toArray(MetricAccumulator[]::new);
      double[] etas = IntStream.range(0, 8).mapToDouble(i -> 0.01).toArray();
      session.step(
          new Batch(data.train().examples(), data.train().indices(), 0, 100), etas, tallies);
      session.evaluate(new Batch(data.train().examples(), data.train().indices(), 0, 200), tallies);

      long held = usedAfterCollection() - before;
      assertThat(session.size()).isEqualTo(8);
      assertThat(held).isBetween(WEIGHTS, LIMIT);
    }
  }

  /** The session, the results and, since these checkpoints stay in memory, all that is written. */
  @Test
  void aGroupThatPausesIsSmallBesideTheImages() {
    PreparedData data = trial(0).data();
    TrialGroup group = group(trial -> trial.stage(0, 0, 6));
    List<Long> held = new ArrayList<>();
    MemoryCheckpoints store =
        new MemoryCheckpoints() {
          @Override
          public void write(TrialKey key, byte[] content) {
            super.write(key, content);
            if (files.size() == 8) {
              held.add(usedAfterCollection());
            }
          }
        };
    long before = usedAfterCollection();

    new Trainer(Engines.byType("vector")).train(group, data, new Recorder(), store);

    assertThat(held).hasSize(1);
    assertThat(held.get(0) - before).isBetween(2 * WEIGHTS, LIMIT);
  }

  private static long usedAfterCollection() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
