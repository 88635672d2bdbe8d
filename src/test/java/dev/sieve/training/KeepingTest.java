package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.engine.TestTrials;
import dev.sieve.engine.WrappedEngine;
import dev.sieve.engine.factory.Engines;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.BatchNorm.Statistics;
import dev.sieve.random.Draws;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trials that are stopped, lost and gone on with anywhere are those trained at once. */
class KeepingTest {
  private static final long SEED = Long.getLong("tests.seed", 14);
  private static final Duration NEVER = Duration.ofDays(1);

  private final MemoryCheckpoints store = new MemoryCheckpoints();
  private final List<String> warnings = new ArrayList<>();

  static Stream<Arguments> enginesRulesAndNorms() {
    List<Arguments> all = new ArrayList<>();
    for (String engine : List.of("reference", "vector")) {
      int seed = 0;
      for (Optimiser rule :
          List.of(
              new Optimiser.Sgd(),
              new Optimiser.Momentum(0.9),
              new Optimiser.Adam(0.9, 0.999, 1e-8))) {
        all.add(Arguments.of(engine, rule, null, ++seed));
        all.add(Arguments.of(engine, rule, norm(Statistics.MOVING_AVERAGE), ++seed));
        all.add(Arguments.of(engine, rule, norm(Statistics.PRECISE), ++seed));
      }
    }
    return all.stream();
  }

  private static BatchNorm norm(Statistics statistics) {
    return new BatchNorm(Placement.BEFORE_ACTIVATION, true, 1e-5, statistics, 0.9, 25);
  }

  /** Three epochs of four steps, with what the seed chooses to measure; λ and η by replicate. */
  private static TestTrials trial(Optimiser rule, BatchNorm norm, int seed, int replicate) {
    TestTrials trial =
        new TestTrials()
            .optimiser(rule)
            .batchNorm(norm)
            .replicate(replicate)
            .lambda(0.01 * replicate)
            .schedule(new Schedule.Decay(0.02 * (1 + replicate), 0.5, 3))
            .evaluateEvery(seed % 3 == 0 ? 0 : 1 + seed % 5)
            .keepModel();
    if (seed % 2 == 0) {
      trial.fullSetTraining();
    }
    return seed % 4 == 1 ? trial.evaluateTest() : trial;
  }

  /** Asks to stop after so many questions. */
  private Recorder stoppingAfter(long questions) {
    return new Recorder(questions);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("enginesRulesAndNorms")
  void stopsAnywhereLoseNoStepAndNoBit(String type, Optimiser rule, BatchNorm norm, int seed) {
    List<Trial> trials =
        Stream.of(0, 1, 2, 3).map(i -> trial(rule, norm, seed, i).trial()).toList();
    Draws draws = new Draws(SEED + seed);
    Counting engine = new Counting(type);
    Map<Trial, TrialResult> results = new HashMap<>();
    int stops = 0;
    while (results.size() < trials.size()) {
      for (List<Trial> group : groups(trials, results, draws)) {
        Recorder listener = stoppingAfter(1 + draws.nextInt(14));
        try {
          List<TrialResult> ended =
              new Trainer(engine, NEVER)
                  .train(new TrialGroup(group), new TestTrials().data(), listener, store);
          group.forEach(trial -> results.put(trial, ended.get(group.indexOf(trial))));
        } catch (TrainingStoppedException e) {
          stops++;
        }
        warnings.addAll(listener.warnings);
      }
    }

    requireUndisturbed(type, trials, results);
    assertThat(stops).isGreaterThan(3);
    assertThat(engine.steps).as("steps of all networks, seed " + SEED).isEqualTo(4 * 12);
    assertThat(warnings).isEmpty();
  }

  /** Lost where it stands: only what was kept by the clock is there. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("enginesRulesAndNorms")
  void whatTheClockKeptIsGoneOnFrom(String type, Optimiser rule, BatchNorm norm, int seed) {
    List<Trial> trials =
        Stream.of(0, 1, 2, 3).map(i -> trial(rule, norm, seed, i).trial()).toList();
    Draws draws = new Draws(100 * SEED + seed);
    Counting engine = new Counting(type);
    // Keeping itself takes no time by it.
    LongSupplier clock = () -> engine.steps;
    Map<Trial, TrialResult> results = new HashMap<>();
    for (int round = 0; results.size() < trials.size(); round++) {
      for (List<Trial> group : groups(trials, results, draws)) {
        engine.left = round < 6 ? 1 + draws.nextInt(8) : Long.MAX_VALUE;
        try {
          List<TrialResult> ended =
              new Trainer(engine, Duration.ofNanos(4), clock)
                  .train(new TrialGroup(group), new TestTrials().data(), new Recorder(), store);
          group.forEach(trial -> results.put(trial, ended.get(group.indexOf(trial))));
        } catch (Counting.Gone e) {
          // As a process that died.
        }
      }
    }

    requireUndisturbed(type, trials, results);
    assertThat(store.progress).isNotEmpty();
  }

  private static List<List<Trial>> groups(
      List<Trial> trials, Map<Trial, TrialResult> ended, Draws draws) {
    List<List<Trial>> groups = List.of(new ArrayList<>(), new ArrayList<>());
    int[] order = draws.permutation(trials.size());
    for (int i : order) {
      if (!ended.containsKey(trials.get(i))) {
        groups.get(draws.nextInt(2)).add(trials.get(i));
      }
    }
    return groups.stream().filter(group -> !group.isEmpty()).toList();
  }

  private static void requireUndisturbed(
      String type, List<Trial> trials, Map<Trial, TrialResult> results) {
    for (Trial trial : trials) {
      TrialResult alone =
          new Trainer(Engines.byType(type))
              .train(
                  new TrialGroup(List.of(trial)),
                  new TestTrials().data(),
                  new Recorder(),
                  new MemoryCheckpoints())
              .get(0);
      assertThat(results.get(trial)).usingRecursiveComparison().isEqualTo(alone);
      assertThat(alone.curve()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "vector"})
  void aTrialThatDivergedBeforeDivergesAgainAndTheOthersGoOn(String type) {
    Trial wild = new TestTrials().replicate(1).schedule(new Schedule.Constant(1e200, 2)).trial();
    Trial tame = new TestTrials().replicate(2).trial();
    Counting engine = new Counting(type);
    engine.left = 6;
    TrialGroup group = new TrialGroup(List.of(wild, tame));
    stopped(() -> train(new Trainer(engine, Duration.ofNanos(1)), group));
    assertThat(store.progress.keySet()).contains(tame.key());
    engine.left = Long.MAX_VALUE;

    List<TrialResult> results = train(new Trainer(engine, NEVER), group);

    assertThat(results.get(0).status()).isEqualTo(Status.DIVERGED);
    assertThat(results.get(1).status()).isEqualTo(Status.DONE);
    requireUndisturbed(type, group.trials(), Map.of(wild, results.get(0), tame, results.get(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "vector"})
  void betweenRungsToo(String type) {
    long[] ends = {3, 6, 8};
    MemoryCheckpoints undisturbed = new MemoryCheckpoints();
    for (int rung = 0; rung < 3; rung++) {
      TestTrials made =
          trial(new Optimiser.Momentum(0.9), norm(Statistics.MOVING_AVERAGE), 1, 0)
              .schedule(new Schedule.Decay(0.05, 0.5, 2))
              .stage(rung, rung == 0 ? 0 : ends[rung - 1], ends[rung]);
      TrialGroup group = made.alone();
      Counting engine = new Counting(type);
      TrialResult expected =
          new Trainer(engine).train(group, made.data(), new Recorder(), undisturbed).get(0);
      int stops = 0;
      for (boolean stopped = true; stopped; stops++) {
        store.progress.clear();
        try {
          new Trainer(engine, NEVER).train(group, made.data(), stoppingAfter(1 + stops), store);
          stopped = false;
        } catch (TrainingStoppedException e) {
          assertThat(train(new Trainer(engine, NEVER), group).get(0))
              .usingRecursiveComparison()
              .isEqualTo(expected);
        }
      }
      assertThat(stops).isGreaterThan(3);
      assertThat(store.files.get(made.trial().key()))
          .isEqualTo(undisturbed.files.get(made.trial().key()));
    }
  }

  @Test
  void damagedAndForeignContentIsNamedAndNotUsed() {
    Trial trial = new TestTrials().trial();
    TrialGroup group = new TrialGroup(List.of(trial));
    stopped(
        () ->
            new Trainer(new Counting("vector"), NEVER)
                .train(group, data(), stoppingAfter(12), store));
    byte[] good = Objects.requireNonNull(store.progress.get(trial.key()));
    byte[] damaged = good.clone();
    damaged[damaged.length / 2] ^= 1;
    byte[] foreign = good.clone();

    for (byte[] content :
        List.of(
            damaged,
            new byte[0],
            "none of ours".getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
      store.progress.put(trial.key(), content);
      Recorder listener = new Recorder();
      List<TrialResult> results =
          new Trainer(new Counting("vector"), null).train(group, data(), listener, store);
      requireUndisturbed("vector", List.of(trial), Map.of(trial, results.get(0)));
      assertThat(listener.warnings).hasSize(1);
      assertThat(listener.warnings.get(0))
          .contains("what was kept of a trial within its stage", "trained once more from step 0");
    }
    store.progress.put(trial.key(), foreign);
    Recorder listener = new Recorder();
    train(new Trainer(new Counting("reference"), null), group, listener);
    assertThat(listener.warnings.get(0)).contains("got vector engine");
  }

  @Test
  void aStoreThatIsFullCostsNothingAndIsToldOfOnce() {
    MemoryCheckpoints full =
        new MemoryCheckpoints() {
          @Override
          public void writeProgress(TrialKey key, byte[] content) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Trial trial = new TestTrials().trial();
    Recorder listener = new Recorder();
    List<TrialResult> results =
        new Trainer(new Counting("vector"), Duration.ofNanos(1))
            .train(new TrialGroup(List.of(trial)), data(), listener, full);

    requireUndisturbed("vector", List.of(trial), Map.of(trial, results.get(0)));
    assertThat(listener.warnings).hasSize(1);
    assertThat(listener.warnings.get(0))
        .contains("cannot be kept in results.dir (No space left on device): training goes on");
  }

  @Test
  void whatTakesLongIsKeptLessOften() {
    long[] now = {0};
    List<Long> times = new ArrayList<>();
    MemoryCheckpoints slow =
        new MemoryCheckpoints() {
          @Override
          public void writeProgress(TrialKey key, byte[] content) {
            times.add(now[0]);
            now[0]++;
          }
        };
    // A step takes nine nanoseconds by the clock.
    Counting engine = new Counting("reference");
    LongSupplier clock = () -> now[0] + 9 * engine.steps;
    new Trainer(engine, Duration.ofNanos(18), clock)
        .train(
            new TestTrials().schedule(new Schedule.Constant(0.01, 20)).alone(),
            data(),
            new Recorder(),
            slow);

    assertThat(engine.steps).isEqualTo(80);
    assertThat(times).as("after 2, 25, 48 and 71 steps").hasSize(4);
  }

  @Test
  void offKeepsNothing() {
    TrialGroup group = new TrialGroup(List.of(new TestTrials().trial()));
    stopped(
        () ->
            new Trainer(new Counting("vector"), null)
                .train(group, data(), stoppingAfter(12), store));
    assertThat(store.progress).isEmpty();
  }

  private List<TrialResult> train(Trainer trainer, TrialGroup group) {
    return train(trainer, group, new Recorder());
  }

  private List<TrialResult> train(Trainer trainer, TrialGroup group, Recorder listener) {
    return trainer.train(group, data(), listener, store);
  }

  private static dev.sieve.data.PreparedData data() {
    return new TestTrials().data();
  }

  /** Stops or dies. */
  private static void stopped(Runnable training) {
    try {
      training.run();
    } catch (TrainingStoppedException | Counting.Gone e) {
      return;
    }
    throw new AssertionError("it was to be stopped");
  }

  /** Counts the steps of all networks, and dies once it has made so many of its own. */
  private static final class Counting extends WrappedEngine {
    static final class Gone extends Error {
      private static final long serialVersionUID = 1;
    }

    private long steps;
    private long left = Long.MAX_VALUE;

    Counting(String type) {
      super(Engines.byType(type));
    }

    @Override
    protected EngineSession wrap(
        EngineSession session, TrialGroup group, Standardiser standardiser) {
      return new Session(session) {
        @Override
        public void step(Batch batch, double[] eta, MetricAccumulator[] tallies) {
          if (left-- == 0) {
            throw new Gone();
          }
          steps += group.size();
          super.step(batch, eta, tallies);
        }
      };
    }
  }
}
