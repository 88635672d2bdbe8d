package dev.sieve.engine.vector;

import dev.sieve.engine.TestTrials;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.Initialiser;
import dev.sieve.trial.Optimiser;
import java.util.List;
import java.util.stream.Stream;

/** Trials that differ in all that a kernel branches on. */
enum Shapes {
  LINEAR,
  PLAIN,
  BEFORE,
  BEFORE_FIXED,
  AFTER,
  AFTER_FIXED,
  DEEP,
  WIDE,
  MOMENTUM,
  ADAM;

  TestTrials trial() {
    TestTrials trial = new TestTrials().batchSize(14).lambda(0.01).train(60);
    trial.biases(new Initialiser.Normal(0.1));
    return switch (this) {
      case LINEAR -> trial.inputs(37).hidden();
      case PLAIN -> trial.inputs(33).hidden(50, 50);
      case BEFORE -> trial.inputs(100).hidden(50, 50).batchNorm(norm(true, true));
      case BEFORE_FIXED -> trial.inputs(16).hidden(18, 7).batchNorm(norm(true, false));
      case AFTER -> trial.inputs(40).hidden(21, 30).batchNorm(norm(false, true));
      case AFTER_FIXED -> trial.inputs(17).hidden(5, 64).batchNorm(norm(false, false));
      case DEEP ->
          trial.inputs(31).hidden(50, 30, 20, 20, 10, 10, 10, 10).batchNorm(norm(true, true));
      case WIDE -> trial.inputs(48).hidden(103, 145).batchNorm(norm(true, true));
      case MOMENTUM ->
          trial
              .inputs(40)
              .hidden(19, 33)
              .batchNorm(norm(true, true))
              .optimiser(new Optimiser.Momentum(0.9));
      case ADAM ->
          trial
              .inputs(40)
              .hidden(19, 33)
              .batchNorm(norm(true, true))
              .optimiser(new Optimiser.Adam(0.9, 0.999, 1e-8));
    };
  }

  private static dev.sieve.network.BatchNorm norm(boolean before, boolean affine) {
    return TestTrials.batchNorm(
        before ? Placement.BEFORE_ACTIVATION : Placement.AFTER_ACTIVATION, affine);
  }

  static Stream<Shapes> all() {
    return List.of(values()).stream();
  }
}
