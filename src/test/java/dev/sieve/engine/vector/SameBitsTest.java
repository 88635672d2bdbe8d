package dev.sieve.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.TestTrials;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.BatchNorm.Statistics;
import dev.sieve.trial.TrialGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Padding columns have no variance: an infinite inverse there would reach the others. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 8.6361691e-78, 1e-30, 2.03e90})
  void theSmallestEpsilonsTrainInAGroupAsAlone(double epsilon) {
    for (Placement placement : Placement.values()) {
      BatchNorm norm = new BatchNorm(placement, true, epsilon, Statistics.MOVING_AVERAGE, 0.9, 100);
      PreparedData data = Shapes.AFTER.trial().data();
      List<TestTrials> trials =
          IntStream.range(0, 3)
              .mapToObj(i -> Shapes.AFTER.trial().batchNorm(norm).replicate(i))
              .toList();
      List<double[]> together = Runs.train(new VectorEngine(), Runs.group(trials), data, STEPS);
      for (int i = 0; i < 3; i++) {
        TrialGroup alone = Runs.group(List.of(trials.get(i)));
        double[] eta = {Runs.etas(3)[i]};
        try (EngineSession session = new VectorEngine().open(alone, data.standardiser())) {
          Runs.steps(session, data, 14, 0, STEPS, eta);
          double[] numbers = Runs.numbers(session.parameters(0));
          assertThat(together.get(i)).startsWith(numbers).doesNotContain(Double.NaN);
        }
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

  @ParameterizedTest
  @EnumSource(Shapes.class)
  void aCheckpointGoesOnInAnotherGroupOnOtherKernels(Shapes shape) {
    PreparedData data = shape.trial().data();
    TrialGroup group = Runs.group(shape, 5);
    double[] etas = Runs.etas(5);
    List<double[]> undisturbed = Runs.train(new VectorEngine(), group, data, STEPS);
    List<Checkpoint> saved = new ArrayList<>();
    try (EngineSession session = new VectorEngine().open(group, data.standardiser())) {
      Runs.steps(session, data, 14, 0, 5, etas);
      for (int i = 0; i < 5; i++) {
        saved.add(session.save(i));
      }
    }
    int[] members = {4, 1, 2};
    TrialGroup others =
        new TrialGroup(Arrays.stream(members).mapToObj(group.trials()::get).toList());
    double[] theirs = Arrays.stream(members).mapToDouble(i -> etas[i]).toArray();
    List<Checkpoint> later = new ArrayList<>();
    try (EngineSession scalar = VectorEngine.scalar().open(others, data.standardiser())) {
      for (int i = 0; i < 3; i++) {
        scalar.load(i, saved.get(members[i]));
      }
      Runs.steps(scalar, data, 14, 5, 8, theirs);
      for (int i = 0; i < 3; i++) {
        later.add(scalar.save(i));
      }
    }
    for (int i = 0; i < 3; i++) {
      TrialGroup alone = new TrialGroup(List.of(others.trials().get(i)));
      try (EngineSession session = new VectorEngine().open(alone, data.standardiser())) {
        session.load(0, later.get(i));
        Runs.steps(session, data, 14, 8, STEPS, new double[] {theirs[i]});

        assertThat(undisturbed.get(members[i])).startsWith(Runs.numbers(session.parameters(0)));
      }
    }
  }

  @Test
  void networksOfDifferentStepsDoNotTrainTogether() {
    PreparedData data = Shapes.BEFORE.trial().data();
    TrialGroup group = Runs.group(Shapes.BEFORE, 2);
    try (EngineSession session = new VectorEngine().open(group, data.standardiser())) {
      Runs.steps(session, data, 14, 0, 2, Runs.etas(2));
      Checkpoint second = session.save(1);
      Runs.steps(session, data, 14, 2, 3, Runs.etas(2));
      session.load(1, second);

      assertThatThrownBy(() -> Runs.steps(session, data, 14, 3, 4, Runs.etas(2)))
          .hasMessage(
              "all networks of a session must take the same steps, but one was at its step 4 and network 1 at 3");
    }
  }
}
