package dev.sieve.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Batch;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.FormulaGradients;
import dev.sieve.engine.FormulaGradients.Mistake;
import dev.sieve.engine.TestTrials;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.BatchNorm.Statistics;
import dev.sieve.network.Initialiser;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.Parameters;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The batched gradients are those of the formulas, summed sample by sample. */
class FormulaTest {
  static Stream<TestTrials> networks() {
    BatchNorm withoutEpsilon =
        new BatchNorm(Placement.BEFORE_ACTIVATION, true, 0, Statistics.MOVING_AVERAGE, 0.9, 100);
    return Stream.of(
        new TestTrials().hidden(),
        new TestTrials(),
        new TestTrials().batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true)),
        new TestTrials().batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, false)),
        new TestTrials().batchNorm(TestTrials.batchNorm(Placement.AFTER_ACTIVATION, true)),
        new TestTrials().batchNorm(TestTrials.batchNorm(Placement.AFTER_ACTIVATION, false)),
        new TestTrials().batchNorm(withoutEpsilon));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void batchedGradientsAreTheSumOverSamples(TestTrials network) {
    TestTrials trial = network.lambda(0.03).biases(new Initialiser.Normal(0.1));
    PreparedData data = trial.data();
    Batch batch = new Batch(data.train().examples(), data.train().indices(), 3, 17);
    try (EngineSession session = new ReferenceEngine().open(trial.alone(), data.standardiser())) {
      Parameters formulas =
          new FormulaGradients(trial.network(), 0.03, Mistake.NONE)
              .of(session.parameters(0), batch, data.standardiser());
      Parameters batched = session.gradients(0, batch);

      assertThat(batched.layers()).hasSameSizeAs(formulas.layers());
      for (int l = 0; l < formulas.layers().size(); l++) {
        LayerParameters expected = formulas.layers().get(l);
        LayerParameters actual = batched.layers().get(l);
        assertClose(actual.weights(), expected.weights());
        assertClose(actual.biases(), expected.biases());
        assertClose(actual.gamma(), expected.gamma());
        assertClose(actual.beta(), expected.beta());
      }
    }
  }

  private static void assertClose(@Nullable DMatrixRMaj actual, @Nullable DMatrixRMaj expected) {
    if (expected == null || actual == null) {
      assertThat(actual).isNull();
      assertThat(expected).isNull();
      return;
    }
    assertThat(actual.getNumElements()).isEqualTo(expected.getNumElements());
    for (int i = 0; i < expected.getNumElements(); i++) {
      assertThat(actual.data[i]).isCloseTo(expected.data[i], within(1e-13));
    }
  }
}
