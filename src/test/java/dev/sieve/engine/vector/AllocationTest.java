package dev.sieve.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sieve.data.PreparedData;
import dev.sieve.engine.Batch;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.engine.TestTrials;
import dev.sieve.network.BatchNorm.Placement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A step that allocates would have the collector take part in every epoch. */
class AllocationTest {
  /** More than the compiler needs on a busy machine. */
  private static final Duration WARM_UP = Duration.ofSeconds(45);

  private static final int STEPS = 200;

  @Test
  void stepsAndEvaluationsAllocateNothingOnceCompiled() throws IOException {
    TestTrials trial =
        new TestTrials()
            .inputs(96)
            .hidden(50, 20)
            .batchSize(20)
            .train(60)
            .batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true));
    PreparedData data = trial.data();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    try (EngineSession session =
        new VectorEngine().open(Runs.group(List.of(trial, trial)), data.standardiser())) {
      Batch batch = Runs.batch(data, 20, 0);
      MetricAccumulator[] tallies = Runs.tallies(2);
      double[] etas = Runs.etas(2);
      long allocated = Long.MAX_VALUE;
      long start = System.nanoTime();
      while (allocated > 0 && System.nanoTime() - start < WARM_UP.toNanos()) {
        long before = threads.getThreadAllocatedBytes(thread);
        steps(session, batch, etas, tallies, STEPS);
        allocated = threads.getThreadAllocatedBytes(thread) - before;
      }

      String sites =
          allocated == 0
              ? ""
              : AllocationSites.of(() -> steps(session, batch, etas, tallies, 100 * STEPS));
      assertThat(allocated).as("bytes in the last %s steps\n%s", STEPS, sites).isZero();
    }
  }

  private static void steps(
      EngineSession session, Batch batch, double[] etas, MetricAccumulator[] tallies, int count) {
    for (int step = 0; step < count; step++) {
      session.step(batch, etas, tallies);
      session.evaluate(batch, tallies);
    }
  }
}
