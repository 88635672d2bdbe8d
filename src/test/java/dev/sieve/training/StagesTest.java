package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.engine.TestTrials;
import dev.sieve.engine.factory.Engines;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.BatchNorm.Statistics;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trial trained in stages is the trial trained at once, bit for bit. */
class StagesTest {
  /** Two epochs of four steps: both pauses are inside an epoch. */
  private static final long[] ENDS = {3, 6, 8};

  private final MemoryCheckpoints store = new MemoryCheckpoints();
  private final Recorder listener = new Recorder();

  static Stream<Arguments> enginesRulesAndNorms() {
    List<Arguments> all = new ArrayList<>();
    for (String engine : List.of("reference", "vector")) {
      for (Optimiser rule :
          List.of(
              new Optimiser.Sgd(),
              new Optimiser.Momentum(0.9),
              new Optimiser.Adam(0.9, 0.999, 1e-8))) {
        all.add(Arguments.of(engine, rule, null));
        all.add(Arguments.of(engine, rule, norm(Placement.BEFORE_ACTIVATION, false)));
        all.add(Arguments.of(engine, rule, norm(Placement.AFTER_ACTIVATION, false)));
        all.add(Arguments.of(engine, rule, norm(Placement.BEFORE_ACTIVATION, true)));
      }
    }
    return all.stream();
  }

  private static BatchNorm norm(Placement placement, boolean precise) {
    Statistics statistics = precise ? Statistics.PRECISE : Statistics.MOVING_AVERAGE;
    return new BatchNorm(placement, true, 1e-5, statistics, 0.9, 25);
  }

  /** The trial of a replicate; all differ in λ and η too. */
  private static TestTrials trial(Optimiser rule, BatchNorm norm, int replicate) {
    return new TestTrials()
        .optimiser(rule)
        .batchNorm(norm)
        .replicate(replicate)
        .lambda(0.01 * replicate)
        .schedule(new Schedule.Decay(0.02 * (1 + replicate), 0.5, 2))
        .keepModel();
  }

  private static Trial stage(TestTrials trial, int rung) {
    return trial.stage(rung, rung == 0 ? 0 : ENDS[rung - 1], ENDS[rung]).trial();
  }

  private List<TrialResult> train(String engine, Trial... trials) {
    return new Trainer(Engines.byType(engine))
        .train(new TrialGroup(List.of(trials)), new TestTrials().data(), listener, store);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("enginesRulesAndNorms")
  void stagesInChangingGroupsAreOneTraining(String engine, Optimiser rule, BatchNorm norm) {
    List<List<EpochMetrics>> curves =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    TestTrials[] trials = {trial(rule, norm, 0), trial(rule, norm, 1), trial(rule, norm, 2)};
    List<TrialResult> whole =
        Arrays.stream(trials).map(t -> train(engine, t.trial()).get(0)).toList();
    TrialResult[] last = new TrialResult[3];
    int[][][] groups = {{{0, 1}, {2}}, {{2, 0}, {1}}, {{2, 1, 0}}};
    for (int rung = 0; rung < 3; rung++) {
      for (int[] members : groups[rung]) {
        int at = rung;
        List<TrialResult> results =
            train(
                engine,
                Arrays.stream(members).mapToObj(i -> stage(trials[i], at)).toArray(Trial[]::new));
        for (int i = 0; i < members.length; i++) {
          last[members[i]] = results.get(i);
          curves.get(members[i]).addAll(results.get(i).curve());
        }
      }
    }

    for (int i = 0; i < 3; i++) {
      assertThat(curves.get(i)).extracting(EpochMetrics::step).containsExactly(0L, 3L, 4L, 6L, 8L);
      curves.get(i).removeIf(row -> row.step() == 3 || row.step() == 6);
      assertThat(curves.get(i)).isEqualTo(whole.get(i).curve());
      assertThat(last[i])
          .usingRecursiveComparison()
          .ignoringFields("curve")
          .isEqualTo(whole.get(i));
      assertThat(last[i].parameters()).isNotNull();
    }
    assertThat(listener.warnings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "vector"})
  void aStageThatEndsWhereARowIsDueHasThatRowAlone(String engine) {
    TestTrials trial =
        trial(new Optimiser.Momentum(0.5), norm(Placement.BEFORE_ACTIVATION, true), 1);
    TrialResult whole = train(engine, trial.trial()).get(0);

    TrialResult first = train(engine, trial.stage(0, 0, 4).trial()).get(0);
    TrialResult second = train(engine, trial.stage(1, 4, 8).trial()).get(0);

    assertThat(first.curve()).isEqualTo(whole.curve().subList(0, 2));
    assertThat(second.curve()).isEqualTo(whole.curve().subList(2, 3));
    assertThat(second.parameters()).usingRecursiveComparison().isEqualTo(whole.parameters());
  }

  @Test
  void aPausedTrialHasItsFiguresAndItsLastRow() {
    TestTrials trial = new TestTrials().evaluateEvery(3).fullSetTraining();
    EpochMetrics third = train("reference", trial.trial()).get(0).curve().get(1);

    TrialResult paused = train("reference", new TestTrials().stage(0, 0, 3).trial()).get(0);

    assertThat(paused.status()).isEqualTo(Status.PAUSED);
    assertThat(paused.steps()).isEqualTo(3);
    assertThat(paused.epochs()).isEqualTo(1);
    assertThat(paused.train()).isEqualTo(third.train());
    assertThat(paused.validation()).isEqualTo(third.validation());
    assertThat(paused.test()).isNull();
    assertThat(paused.parameters()).isNull();
    assertThat(paused.curve().get(1).fullSet()).isFalse();
    assertThat(paused.curve().get(1).eta()).isEqualTo(third.eta());
  }

  @Test
  void theBestIsOfTheWholeTrialSoFar() {
    // η falls to almost nothing after the first epoch: later rows are as good, never better.
    TestTrials trial = new TestTrials().schedule(new Schedule.Decay(0.3, 1e-9, 3)).train(40);
    train("reference", trial.stage(0, 0, 4).trial());

    TrialResult second = train("reference", trial.stage(1, 4, 7).trial()).get(0);
    TrialResult third = train("reference", trial.stage(2, 7, 12).trial()).get(0);

    assertThat(Objects.requireNonNull(second.best()).epoch()).isEqualTo(1);
    assertThat(third.best()).isEqualTo(second.best());
    assertThat(third.curve()).doesNotContain(Objects.requireNonNull(third.best()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "vector"})
  void aTrialWhoseCheckpointIsGoneTrainsItsFirstStepsAgain(String engine) {
    BatchNorm norm = norm(Placement.BEFORE_ACTIVATION, false);
    Optimiser adam = new Optimiser.Adam(0.9, 0.999, 1e-8);
    TestTrials kept = trial(adam, norm, 0);
    TestTrials lost = trial(adam, norm, 1);
    for (int rung = 0; rung < 2; rung++) {
      train(engine, stage(kept, rung), stage(lost, rung));
    }
    List<TrialResult> undisturbed = train(engine, stage(kept, 2), stage(lost, 2));
    assertThat(store.files.remove(stage(lost, 1).key())).isNotNull();
    listener.rows.clear();

    List<TrialResult> results = train(engine, stage(kept, 2), stage(lost, 2));

    assertThat(results).usingRecursiveComparison().isEqualTo(undisturbed);
    assertThat(listener.rows).hasSize(2);
    assertThat(listener.warnings).hasSize(1);
    assertThat(listener.warnings.get(0))
        .contains(
            "trial 0 (configuration c, replicate 1) at rung 1 cannot be used (it is not there)",
            "first 6 steps");
  }

  @Test
  void aDamagedCheckpointIsNotUsed() {
    TestTrials trial = trial(new Optimiser.Sgd(), norm(Placement.AFTER_ACTIVATION, false), 0);
    train("vector", stage(trial, 0));
    byte[] content = Objects.requireNonNull(store.files.get(stage(trial, 0).key()));
    TrialResult undisturbed = train("vector", stage(trial, 1)).get(0);
    content[content.length / 2] ^= 1;

    TrialResult result = train("vector", stage(trial, 1)).get(0);

    assertThat(result).usingRecursiveComparison().isEqualTo(undisturbed);
    assertThat(listener.warnings.get(0)).contains("it is damaged or cut off");
  }

  @Test
  void aRetryAndAnotherGroupWriteTheSameFile() {
    TestTrials trial =
        trial(new Optimiser.Momentum(0.9), norm(Placement.BEFORE_ACTIVATION, false), 0);
    TestTrials other =
        trial(new Optimiser.Momentum(0.9), norm(Placement.BEFORE_ACTIVATION, false), 1);
    train("vector", stage(trial, 0));
    byte[] content = store.files.remove(stage(trial, 0).key());

    train("vector", stage(other, 0), stage(trial, 0));

    assertThat(store.files.get(stage(trial, 0).key())).isEqualTo(content);
  }

  @Test
  void aTrialThatDivergesLeavesNoCheckpoint() {
    TestTrials wild = new TestTrials().schedule(new Schedule.Constant(1e200, 2));

    TrialResult result = train("reference", wild.stage(0, 0, 6).trial()).get(0);

    assertThat(result.status()).isEqualTo(Status.DIVERGED);
    assertThat(store.files).isEmpty();
  }

  @Test
  void aPauseNeedsAPlaceForItsCheckpoint() {
    TestTrials trial = new TestTrials().stage(0, 0, 3);

    assertThatThrownBy(() -> Trainings.alone(trial))
        .hasMessage("a trial that pauses must have a place for its checkpoint");
  }
}
