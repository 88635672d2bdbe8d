package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.engine.TestTrials;
import dev.sieve.engine.WrappedEngine;
import dev.sieve.network.BatchNorm;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a trial says of its evaluations' cost is what its training passes forward. */
final class EvaluationWorkTest {
  static Stream<TestTrials> trials() {
    return Stream.of(
        new TestTrials(),
        new TestTrials().evaluateEvery(3),
        new TestTrials().evaluateEvery(3).fullSetTraining(),
        new TestTrials().evaluateTest(),
        new TestTrials().keepModel(),
        new TestTrials().batchNorm(precise(12)).evaluateEvery(5),
        new TestTrials().batchNorm(precise(1000)),
        new TestTrials().evaluateEvery(3).stage(0, 0, 3),
        new TestTrials().evaluateEvery(2).stage(0, 0, 5));
  }

  @ParameterizedTest
  @MethodSource("trials")
  void everyImageThatPassesForwardCounts(TestTrials made) {
    Trial trial = made.trial();
    Counting engine = new Counting();
    new Trainer(engine)
        .train(
            new TrialGroup(List.of(trial)), made.data(), new Recorder(), new MemoryCheckpoints());
    assertThat(trial.evaluationWork(made.data().test().count()))
        .isEqualTo((double) engine.images * trial.settings().network().forwardFlops());
  }

  private static BatchNorm precise(int images) {
    return new BatchNorm(
        BatchNorm.Placement.BEFORE_ACTIVATION,
        true,
        1e-5,
        BatchNorm.Statistics.PRECISE,
        0.9,
        images);
  }

  /** Counts images that pass forward in evaluations. */
  private static final class Counting extends WrappedEngine {
    private int images;

    @Override
    protected EngineSession wrap(
        EngineSession session, TrialGroup group, Standardiser standardiser) {
      return new Session(session) {
        @Override
        public void evaluate(Batch batch, MetricAccumulator[] tallies) {
          images += batch.count();
          super.evaluate(batch, tallies);
        }

        @Override
        public void recomputeStatistics(List<Batch> batches) {
          images += batches.stream().mapToInt(Batch::count).sum();
          super.recomputeStatistics(batches);
        }
      };
    }
  }
}
