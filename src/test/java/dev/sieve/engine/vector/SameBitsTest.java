package dev.sieve.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.EngineSession;
import dev.sieve.trial.TrialGroup;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A network's bits depend neither on its company nor on the machine's vectors. */
class SameBitsTest {
  private static final int STEPS = 12;

  @ParameterizedTest
  @EnumSource(Shapes.class)
  void vectorKernelsAndScalarTwinsTrainTheSameNetworks(Shapes shape) {
    PreparedData data = shape.trial().data();
    TrialGroup group = Runs.group(shape, 3);

    List<double[]> vector = Runs.train(new VectorEngine(), group, data, STEPS);
    List<double[]> scalar = Runs.train(VectorEngine.scalar(), group, data, STEPS);

    for (int i = 0; i < 3; i++) {
      assertThat(vector.get(i)).isEqualTo(scalar.get(i)).doesNotContain(Double.NaN);
    }
  }

  @ParameterizedTest
  @EnumSource(Shapes.class)
  void aNetworkTrainsInAGroupAsItDoesAlone(Shapes shape) {
    PreparedData data = shape.trial().data();
    TrialGroup group = Runs.group(shape, 9);
    VectorEngine engine = new VectorEngine();
    List<double[]> together = Runs.train(engine, group, data, STEPS);

    for (int i = 0; i < 9; i++) {
      TrialGroup alone = new TrialGroup(List.of(group.trials().get(i)));
      double[] eta = {Runs.etas(9)[i]};
      try (EngineSession session = engine.open(alone, data.standardiser())) {
        Runs.steps(session, data, 14, 0, STEPS, eta);
        double[] numbers = Runs.numbers(session.parameters(0));
        assertThat(together.get(i)).startsWith(numbers).endsWith(session.squaredWeights(0));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Shapes.class)
  void aDroppedNetworkLeavesTheOthersAsTheyWere(Shapes shape) {
    PreparedData data = shape.trial().data();
    TrialGroup group = Runs.group(shape, 5);
    VectorEngine engine = new VectorEngine();
    List<double[]> undisturbed = Runs.train(engine, group, data, STEPS);

    try (EngineSession session = engine.open(group, data.standardiser())) {
      Runs.steps(session, data, 14, 0, 4, Runs.etas(5));
      session.drop(1);
      Runs.steps(session, data, 14, 4, 7, Runs.etas(5));
      session.drop(4);
      Runs.steps(session, data, 14, 7, STEPS, Runs.etas(5));

      for (int i : new int[] {0, 2, 3}) {
        assertThat(undisturbed.get(i))
            .startsWith(Runs.numbers(session.parameters(i)))
            .endsWith(session.squaredWeights(i));
      }
    }
  }
}
