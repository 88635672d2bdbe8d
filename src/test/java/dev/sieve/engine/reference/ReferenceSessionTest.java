package dev.sieve.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Batch;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.engine.TestTrials;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.Initialiser;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.Parameters;
import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ReferenceSessionTest {
  private static EngineSession open(TestTrials... trials) {
    List<Trial> all = Arrays.stream(trials).map(TestTrials::trial).toList();
    return new ReferenceEngine().open(new TrialGroup(all), trials[0].data().standardiser());
  }

  private static Batch batch(PreparedData data, int from, int count) {
    return new Batch(data.train().examples(), data.train().indices(), from, count);
  }

  private static MetricAccumulator[] tallies(int networks) {
    return IntStream.range(0, networks)
        .mapToObj(i -> new MetricAccumulator(TestTrials.CLASSES))
        .toArray(MetricAccumulator[]::new);
  }

  private static double[] weights(EngineSession session, int network, int layer) {
    DMatrixRMaj w = session.parameters(network).layers().get(layer).weights();
    return Arrays.copyOf(w.data, w.getNumElements());
  }

  @Test
  void weightsAreTheSeedsDrawsInRowMajorOrderTimesTheDeviation() {
    TestTrials trial =
        new TestTrials()
            .replicate(3)
            .weights(new Initialiser.Normal(0.5))
            .biases(new Initialiser.Normal(2));
    try (EngineSession session = open(trial)) {
      LayerParameters layer = session.parameters(0).layers().get(1);
      Draws weights = Seed.of(7, "weights").replicate(3).layer(1).draws();
      Draws biases = Seed.of(7, "biases").replicate(3).layer(1).draws();

      assertThat(layer.weights().get(0, 0)).isEqualTo(weights.nextNormal() * 0.5);
      assertThat(layer.weights().get(0, 1)).isEqualTo(weights.nextNormal() * 0.5);
      assertThat(layer.biases().get(0, 0)).isEqualTo(biases.nextNormal() * 2);
    }
  }

  @Test
  void batchNormStartsNeutral() {
    TestTrials trial =
        new TestTrials().batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true));
    try (EngineSession session = open(trial)) {
      List<LayerParameters> layers = session.parameters(0).layers();

      assertThat(layers.get(1).gamma()).isNotNull().returns(1.0, gamma -> gamma.get(4));
      assertThat(layers.get(1).beta()).isNotNull().returns(0.0, beta -> beta.get(4));
      assertThat(layers.get(2).gamma()).isNull();
      assertThat(layers.get(2).mean()).isNull();
    }
  }

  @Test
  void thePenaltyIsInTheGradientOfWeightsAlone() {
    TestTrials plain = new TestTrials().biases(new Initialiser.Normal(0.3));
    TestTrials penalised = new TestTrials().biases(new Initialiser.Normal(0.3)).lambda(0.25);
    Batch batch = batch(plain.data(), 0, 10);
    try (EngineSession session = open(plain, penalised)) {
      LayerParameters without = session.gradients(0, batch).layers().get(1);
      LayerParameters with = session.gradients(1, batch).layers().get(1);

      double w = session.parameters(0).layers().get(1).weights().get(2, 3);
      assertThat(with.weights().get(2, 3) - without.weights().get(2, 3))
          .isCloseTo(2 * 0.25 * w, within(1e-15));
      assertThat(with.biases().data).isEqualTo(without.biases().data);
    }
  }

  @Test
  void gradientsChangeNothing() {
    TestTrials trial =
        new TestTrials().batchNorm(TestTrials.batchNorm(Placement.AFTER_ACTIVATION, true));
    Batch batch = batch(trial.data(), 0, 10);
    try (EngineSession looked = open(trial);
        EngineSession untouched = open(trial)) {
      looked.gradients(0, batch(trial.data(), 10, 17));
      looked.step(batch, new double[] {0.1}, tallies(1));
      untouched.step(batch, new double[] {0.1}, tallies(1));

      assertSame(looked.parameters(0), untouched.parameters(0));
    }
  }

  @Test
  void aPlainStepGoesDownTheGradient() {
    TestTrials trial = new TestTrials().lambda(0.1);
    Batch batch = batch(trial.data(), 0, 10);
    try (EngineSession session = open(trial)) {
      double w = session.parameters(0).layers().get(0).weights().get(1, 2);
      double g = session.gradients(0, batch).layers().get(0).weights().get(1, 2);

      session.step(batch, new double[] {0.2}, tallies(1));

      assertThat(session.parameters(0).layers().get(0).weights().get(1, 2)).isEqualTo(w - 0.2 * g);
    }
  }

  @Test
  void evaluationDoesNotDependOnItsBatches() {
    TestTrials trial =
        new TestTrials().batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true));
    PreparedData data = trial.data();
    try (EngineSession session = open(trial)) {
      session.step(batch(data, 0, 10), new double[] {0.1}, tallies(1));
      MetricAccumulator[] whole = tallies(1);
      MetricAccumulator[] parts = tallies(1);

      session.evaluate(batch(data, 0, 40), whole);
      session.evaluate(batch(data, 0, 1), parts);
      session.evaluate(batch(data, 1, 22), parts);
      session.evaluate(batch(data, 23, 17), parts);

      assertThat(parts[0].figures(0)).isEqualTo(whole[0].figures(0));
      assertThat(parts[0].confusion()).isEqualTo(whole[0].confusion());
    }
  }

  @Test
  void droppingANetworkDoesNotDisturbTheOthers() {
    TestTrials first = new TestTrials().replicate(0);
    TestTrials second = new TestTrials().replicate(1).lambda(0.01);
    PreparedData data = first.data();
    try (EngineSession both = open(first, second);
        EngineSession alone = open(second)) {
      for (int step = 0; step < 4; step++) {
        if (step == 2) {
          both.drop(0);
        }
        both.step(batch(data, step * 10, 10), new double[] {0.3, 0.1}, tallies(2));
        alone.step(batch(data, step * 10, 10), new double[] {0.1}, tallies(1));
      }

      assertSame(both.parameters(1), alone.parameters(0));
      assertThat(both.size()).isEqualTo(2);
      assertThatThrownBy(() -> both.parameters(0))
          .hasMessage("a network that was dropped must not be used, but got network 0");
    }
  }

  @Test
  void whatIsHandedOutIsACopy() {
    TestTrials trial = new TestTrials();
    try (EngineSession session = open(trial)) {
      session.parameters(0).layers().get(0).weights().zero();

      assertThat(weights(session, 0, 0)).doesNotContain(0);
    }
  }

  @Test
  void theSumOfSquaresIsOverAllWeightMatrices() {
    TestTrials trial = new TestTrials().biases(new Initialiser.Normal(9));
    try (EngineSession session = open(trial)) {
      double sum = 0;
      for (int layer = 0; layer < 3; layer++) {
        sum += Arrays.stream(weights(session, 0, layer)).map(w -> w * w).sum();
      }

      assertThat(session.squaredWeights(0)).isCloseTo(sum, within(1e-12));
    }
  }

  @Test
  void twentyLayersTrain() {
    TestTrials deep =
        new TestTrials()
            .hidden(Collections.nCopies(19, 5).toArray(new Integer[0]))
            .batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true));
    MetricAccumulator[] tallies = tallies(1);
    try (EngineSession session = open(deep)) {
      for (int step = 0; step < 4; step++) {
        session.step(batch(deep.data(), 10 * step, 10), new double[] {0.05}, tallies);
      }

      assertThat(session.parameters(0).layers()).hasSize(20);
      assertThat(tallies[0].finite()).isTrue();
    }
  }

  @Test
  void aStandardiserOfAnotherSizeIsRefused() {
    assertThatThrownBy(
            () -> new ReferenceEngine().open(new TestTrials().alone(), TestTrials.standardiser(5)))
        .hasMessage("the standardiser's inputs must be the network's, but got 5 and 6");
  }

  private static void assertSame(Parameters actual, Parameters expected) {
    for (int l = 0; l < expected.layers().size(); l++) {
      assertThat(actual.layers().get(l))
          .usingRecursiveComparison()
          .isEqualTo(expected.layers().get(l));
    }
  }
}
