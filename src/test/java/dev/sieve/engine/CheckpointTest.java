package dev.sieve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.engine.factory.Engines;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.trial.Optimiser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine's session saves and loads. */
class CheckpointTest {
  private static final double[] ETA = {0.05};

  private static TestTrials trial() {
    return new TestTrials()
        .optimiser(new Optimiser.Momentum(0.9))
        .batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true));
  }

  private static EngineSession open(String engine, TestTrials trial) {
    return Engines.byType(engine).open(trial.alone(), trial.data().standardiser());
  }

  private static void step(EngineSession session, int number) {
    var train = trial().data().train();
    session.step(
        new Batch(train.examples(), train.indices(), number * 10 % 40, 10),
        ETA,
        new MetricAccumulator[] {new MetricAccumulator(TestTrials.CLASSES)});
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "vector"})
  void aNetworkGoesOnInAnotherSession(String engine) {
    try (EngineSession before = open(engine, trial());
        // Other initial weights: all that counts must come from the checkpoint.
        EngineSession after = open(engine, trial().replicate(3))) {
      step(before, 0);
      step(before, 1);
      Checkpoint saved = before.save(0);
      step(before, 2);

      after.load(0, saved);
      assertThat(after.squaredWeights(0)).isNotEqualTo(before.squaredWeights(0));
      step(after, 2);

      assertThat(after.save(0)).usingRecursiveComparison().isEqualTo(before.save(0));
      assertThat(after.squaredWeights(0)).isEqualTo(before.squaredWeights(0));
      assertThat(saved.steps()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "vector"})
  void anUntrainedNetworkStartsItsMovingAveragesAnew(String engine) {
    try (EngineSession before = open(engine, trial());
        EngineSession after = open(engine, trial().replicate(3))) {
      step(after, 1);
      after.load(0, before.save(0));
      step(before, 0);
      step(after, 0);

      assertThat(after.save(0)).usingRecursiveComparison().isEqualTo(before.save(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "vector"})
  void bytesKeepEveryBit(String engine) throws Exception {
    try (EngineSession session = open(engine, trial())) {
      step(session, 0);
      Checkpoint saved = session.save(0);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      saved.write(new DataOutputStream(bytes));

      Checkpoint read =
          Checkpoint.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

      assertThat(read).usingRecursiveComparison().isEqualTo(saved);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "vector"})
  void whatIsSavedIsACopy(String engine) {
    try (EngineSession session = open(engine, trial())) {
      step(session, 0);
      Checkpoint saved = session.save(0);
      double velocity = saved.rule().get(0).layers().get(0).weights().get(0, 0);
      step(session, 1);

      assertThat(saved.rule().get(0).layers().get(0).weights().get(0, 0)).isEqualTo(velocity);
      assertThat(session.save(0).rule().get(0).layers().get(0).weights().get(0, 0))
          .isNotEqualTo(velocity);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "vector"})
  void aCheckpointOfAnotherNetworkIsRefused(String engine) {
    String message = "a checkpoint must be of the network that it is loaded into";
    try (EngineSession session = open(engine, trial())) {
      for (TestTrials other :
          List.of(
              trial().hidden(7, 6),
              trial().hidden(7),
              trial().batchNorm(null),
              trial().batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, false)),
              trial().optimiser(new Optimiser.Sgd()))) {
        try (EngineSession another = open(engine, other)) {
          Checkpoint saved = another.save(0);
          assertThatThrownBy(() -> session.load(0, saved)).hasMessageStartingWith(message);
        }
      }
    }
  }

  @Test
  void enginesDoNotTakeEachOthersCheckpoints() {
    try (EngineSession floats = open("vector", trial());
        EngineSession doubles = open("reference", trial())) {
      Checkpoint saved = doubles.save(0);
      assertThatThrownBy(() -> floats.load(0, saved))
          .hasMessageContaining("it has DOUBLE, 1 states")
          .hasMessageContaining("the network SINGLE, 1 states");
    }
  }
}
