package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.TestTrials;
import dev.sieve.engine.factory.Engines;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.Initialiser;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.Parameters;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialResult;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static List<Long> steps(TrialResult result) {
    return result.curve().stream().map(EpochMetrics::step).toList();
  }

  private static List<Integer> epochs(TrialResult result) {
    return result.curve().stream().map(EpochMetrics::epoch).toList();
  }

  private static TestTrials normalised() {
    return new TestTrials().batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true));
  }

  @Test
  void theCurveHasTheUntrainedNetworkAndEachEpoch() {
    Recorder recorder = new Recorder();
    TestTrials trial = new TestTrials().schedule(new Schedule.Decay(0.1, 0.5, 3)).lambda(0.01);

    TrialResult result = Trainings.alone(trial, recorder);

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(epochs(result)).containsExactly(0, 1, 2, 3);
    assertThat(steps(result)).containsExactly(0L, 4L, 8L, 12L);
    assertThat(result.curve().stream().map(EpochMetrics::eta))
        .containsExactly(0.1, 0.1, 0.05, 0.025);
    assertThat(result.curve().stream().map(EpochMetrics::fullSet))
        .containsExactly(true, false, false, false);
    assertThat(result.steps()).isEqualTo(12);
    assertThat(result.epochs()).isEqualTo(3);
    assertThat(recorder.rows).isEqualTo(result.curve());
    assertThat(result.validation()).isEqualTo(result.curve().get(3).validation());
    assertThat(result.test()).isNull();
    assertThat(result.parameters()).isNull();
    assertThat(Trainings.train(result).loss())
        .isLessThan(result.curve().get(0).train().loss())
        .isNotEqualTo(result.curve().get(3).train().loss());
  }

  @Test
  void costIsLossPlusThePenaltyOfTheWeightsAsTheyAre() {
    TrialResult result = Trainings.alone(new TestTrials().lambda(0.2).keepModel());

    double squares = 0;
    for (LayerParameters layer : Objects.requireNonNull(result.parameters()).layers()) {
      for (int i = 0; i < layer.weights().getNumElements(); i++) {
        squares += Math.pow(layer.weights().get(i), 2);
      }
    }
    EpochMetrics last = result.curve().get(2);
    assertThat(last.validation().cost() - last.validation().loss())
        .isCloseTo(0.2 * squares, within(1e-12));
    assertThat(last.train().cost() - last.train().loss()).isCloseTo(0.2 * squares, within(1e-12));
  }

  @Test
  void aLastPartialEpochHasItsOwnRow() {
    TrialResult result =
        Trainings.alone(new TestTrials().schedule(new Schedule.Cyclical(0.001, 0.1, 3, 1)));

    assertThat(steps(result)).containsExactly(0L, 4L, 6L);
    assertThat(epochs(result)).containsExactly(0, 1, 2);
    assertThat(result.epochs()).isEqualTo(2);
    // Steps 3 and 5 of a half-cycle of 3: the top, and a third of the way up.
    assertThat(result.curve().get(1).eta()).isEqualTo(0.1);
    assertThat(result.curve().get(2).eta()).isCloseTo(0.001 + 0.099 / 3, within(1e-15));
  }

  @Test
  void aRowEverySoManyStepsAndAfterTheLast() {
    TrialResult result = Trainings.alone(new TestTrials().evaluateEvery(3));

    assertThat(steps(result)).containsExactly(0L, 3L, 6L, 8L);
    assertThat(epochs(result)).containsExactly(0, 1, 2, 2);
  }

  @Test
  void aShortLastBatchIsTrainedOnIfItHasTwoImages() {
    assertThat(Trainings.alone(new TestTrials().train(42)).steps()).isEqualTo(2 * 5);
    assertThat(Trainings.alone(new TestTrials().train(41)).steps()).isEqualTo(2 * 4);
    assertThat(Trainings.alone(normalised().train(42)).status()).isEqualTo(Status.DONE);
  }

  @Test
  void trainingFiguresOfTheFullSetOnRequest() {
    TrialResult running = Trainings.alone(normalised());
    TrialResult full = Trainings.alone(normalised().fullSetTraining());

    assertThat(full.curve().get(2).fullSet()).isTrue();
    assertThat(full.curve().get(2).train()).isEqualTo(full.train()).isEqualTo(running.train());
    assertThat(full.curve().get(2).validation()).isEqualTo(running.curve().get(2).validation());
  }

  @Test
  void runningMeansAreOverTheBatchesSinceTheLastRow() {
    // One batch an epoch: the mean of epoch 1 is the first batch under the untrained network.
    TrialResult result = Trainings.alone(normalised().batchSize(40));

    assertThat(result.curve().get(1).train().loss())
        .isCloseTo(result.curve().get(0).train().loss(), within(1e-12));
    assertThat(result.curve().get(2).train().loss())
        .isLessThan(result.curve().get(1).train().loss());
  }

  @Test
  void testFiguresWhereTheyAreAskedFor() {
    TrialResult result = Trainings.alone(new TestTrials().evaluateTest());

    assertThat(result.curve()).allSatisfy(row -> assertThat(row.test()).isNotNull());
    assertThat(result.test()).isEqualTo(result.curve().get(2).test());
    assertThat(result.parameters()).isNull();
  }

  @Test
  void aKeptModelComesWithTestFiguresAndTheirConfusion() {
    TestTrials trial = normalised().keepModel();

    TrialResult result = Trainings.alone(trial);

    Parameters model = Objects.requireNonNull(result.parameters());
    assertThat(model.layers().get(0).mean()).isNotNull();
    List<List<Integer>> counts = Objects.requireNonNull(result.confusion()).counts();
    double correct = IntStream.range(0, 10).map(c -> counts.get(c).get(c)).sum() / 20.0;
    assertThat(Objects.requireNonNull(result.test()).accuracy()).isEqualTo(correct);
  }

  @Test
  void aSetThatIsValidationAndTestIsMeasuredOnce() {
    TestTrials trial = new TestTrials().evaluateTest();
    PreparedData data = trial.data();
    PreparedData shared =
        new PreparedData(data.train(), data.test(), data.test(), data.standardiser());
    Recorder apart = new Recorder();
    Recorder together = new Recorder();
    Trainer trainer = new Trainer(Engines.byType("reference"));

    trainer.train(trial.alone(), data, apart);
    TrialResult result = trainer.train(trial.alone(), shared, together).get(0);

    assertThat(result.validation()).isEqualTo(result.test());
    // One evaluation batch less for each of the three rows.
    assertThat(apart.asked() - together.asked()).isEqualTo(3);
  }

  @Test
  void aNetworkThatDivergesIsAResultWithItsEpoch() {
    TestTrials wild = new TestTrials().schedule(new Schedule.Constant(1e200, 3));

    TrialResult result = Trainings.alone(wild);

    assertThat(result.status()).isEqualTo(Status.DIVERGED);
    assertThat(result.divergedEpoch()).isEqualTo(1);
    assertThat(result.steps()).isEqualTo(2);
    assertThat(result.curve()).hasSize(1).allMatch(row -> row.train().finite());
    assertThat(result.train()).isNull();
    assertThat(result.validation()).isNull();
    assertThat(result.confusion()).isNull();
  }

  @Test
  void weightsThatAreTooLargeToBeginWithDivergeInEpochZero() {
    TrialResult result =
        Trainings.alone(new TestTrials().weights(new Initialiser.Normal(1e200)).lambda(0.1));

    assertThat(result.status()).isEqualTo(Status.DIVERGED);
    assertThat(result.divergedEpoch()).isZero();
    assertThat(result.curve()).isEmpty();
  }

  @Test
  void aGroupIsItsTrialsAloneBitForBit() {
    TestTrials calm = normalised().keepModel().lambda(0.01);
    TestTrials wild = normalised().keepModel().schedule(new Schedule.Constant(1e200, 2));
    TestTrials other =
        normalised()
            .keepModel()
            .replicate(4)
            .weights(new Initialiser.Normal(0.1))
            .schedule(new Schedule.Decay(0.3, 0.9, 2));

    List<TrialResult> group = Trainings.together(calm, wild, other);

    List<TestTrials> members = List.of(calm, wild, other);
    for (int i = 0; i < members.size(); i++) {
      assertThat(group.get(i))
          .usingRecursiveComparison()
          .isEqualTo(Trainings.alone(members.get(i)));
    }
  }

  @Test
  void aTrainingThatIsAskedToStopHasNoResult() {
    assertThatThrownBy(() -> Trainings.alone(new TestTrials(), new Recorder(5)))
        .isInstanceOf(TrainingStoppedException.class);
  }

  @Test
  void aTrainingSetOfAnotherSizeThanPlannedIsRefused() {
    assertThatThrownBy(
            () ->
                new Trainer(Engines.byType("reference"))
                    .train(
                        new TestTrials().train(30).alone(),
                        new TestTrials().data(),
                        new Recorder()))
        .hasMessage("the training set must have data.train images, but got 40 and data.train=30");
  }
}
