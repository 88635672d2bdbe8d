package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.ExampleView;
import dev.sieve.data.PreparedData;
import dev.sieve.engine.Batch;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.engine.TestTrials;
import dev.sieve.engine.factory.Engines;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.BatchNorm.Statistics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.TrialResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each row is normalised with, against the same steps taken by hand. */
class EvaluationStatisticsTest {
  private static BatchNorm precise(int images) {
    return new BatchNorm(Placement.BEFORE_ACTIVATION, true, 1e-5, Statistics.PRECISE, 0.9, images);
  }

  private static Metrics validation(EngineSession session, PreparedData data) {
    MetricAccumulator[] tallies = {new MetricAccumulator(TestTrials.CLASSES)};
    ExampleView view = data.validation();
    session.evaluate(new Batch(view.examples(), view.indices(), 0, view.count()), tallies);
    return tallies[0].figures(0);
  }

  @Test
  void theUntrainedNetworkHasTheFirstTrainingBatchsStatistics() {
    TestTrials trial =
        new TestTrials().batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true));
    PreparedData data = trial.data();
    try (EngineSession session =
        Engines.byType("reference").open(trial.alone(), data.standardiser())) {
      session.recomputeStatistics(List.of(new BatchOrder(trial.trial(), data.train()).at(0)));

      assertThat(Trainings.alone(trial).curve().get(0).validation())
          .isEqualTo(validation(session, data));
    }
  }

  @Test
  void movingAveragesStartFromTheFirstTrainingBatch() {
    TestTrials trial =
        new TestTrials().batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true));
    PreparedData data = trial.data();
    BatchOrder order = new BatchOrder(trial.trial(), data.train());
    try (EngineSession session =
        Engines.byType("reference").open(trial.alone(), data.standardiser())) {
      for (int step = 0; step < 4; step++) {
        MetricAccumulator[] ignored = {new MetricAccumulator(TestTrials.CLASSES)};
        session.step(order.at(step), new double[] {0.05}, ignored);
      }

      assertThat(Trainings.alone(trial).curve().get(1).validation())
          .isEqualTo(validation(session, data));
    }
  }

  @Test
  void preciseStatisticsAreThoseOfTheFirstTrainingImages() {
    // 25 images in batches of 10: a last one of 5. Afterwards 21: the last one is left out.
    assertPrecise(25, List.of(10, 10, 5));
    assertPrecise(21, List.of(10, 10));
    assertPrecise(1000, List.of(10, 10, 10, 10));
  }

  private static void assertPrecise(int images, List<Integer> batches) {
    TestTrials trial = new TestTrials().batchNorm(precise(images));
    PreparedData data = trial.data();
    BatchOrder order = new BatchOrder(trial.trial(), data.train());
    TrialResult result = Trainings.alone(trial);
    try (EngineSession session =
        Engines.byType("reference").open(trial.alone(), data.standardiser())) {
      session.recomputeStatistics(chunk(data, batches));
      assertThat(result.curve().get(0).validation()).isEqualTo(validation(session, data));

      for (int step = 0; step < 4; step++) {
        MetricAccumulator[] ignored = {new MetricAccumulator(TestTrials.CLASSES)};
        session.step(order.at(step), new double[] {0.05}, ignored);
      }
      session.recomputeStatistics(chunk(data, batches));
      assertThat(result.curve().get(1).validation()).isEqualTo(validation(session, data));
    }
  }

  private static List<Batch> chunk(PreparedData data, List<Integer> counts) {
    List<Batch> batches = new java.util.ArrayList<>();
    int from = 0;
    for (int count : counts) {
      batches.add(new Batch(data.train().examples(), data.train().indices(), from, count));
      from += count;
    }
    return batches;
  }
}
