package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.engine.TestTrials;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.Initialiser;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OverfittingTest {
  private static TrialResult trained(@Nullable BatchNorm batchNorm) {
    TestTrials twenty =
        new TestTrials()
            .inputs(12)
            .hidden(30)
            .batchNorm(batchNorm)
            .train(20)
            .batchSize(20)
            .schedule(new Schedule.Constant(0.3, 600));
    return Trainings.alone(twenty);
  }

  @Test
  void twentyImagesAreLearntByHeart() {
    TrialResult result = trained(null);

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(Trainings.train(result).loss()).isLessThan(0.01);
    assertThat(Trainings.train(result).accuracy()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Placement.class)
  void twentyImagesAreLearntByHeartWithBatchNorm(Placement placement) {
    assertThat(Trainings.train(trained(TestTrials.batchNorm(placement, true))).loss())
        .isLessThan(0.01);
  }

  @Test
  void anUntrainedNetworkOfSmallWeightsGuesses() {
    TestTrials small = new TestTrials().weights(new Initialiser.Normal(1e-4));

    TrialResult result = Trainings.alone(small);

    assertThat(result.curve().get(0).train().loss()).isCloseTo(Math.log(10), within(1e-3));
  }

  @Test
  void aLinearNetworkLearns() {
    TestTrials linear =
        new TestTrials().hidden().schedule(new Schedule.Constant(0.5, 200)).lambda(1e-4);

    TrialResult result = Trainings.alone(linear);

    assertThat(Trainings.train(result).loss())
        .isLessThan(0.6 * result.curve().get(0).train().loss());
  }
}
