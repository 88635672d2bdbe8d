package dev.sieve.search;

import static dev.sieve.search.Studies.EPOCHS;
import static dev.sieve.search.Studies.ETA;
import static dev.sieve.search.Studies.LAMBDA;
import static dev.sieve.search.Studies.log;
import static dev.sieve.search.Studies.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.random.Draws;
import dev.sieve.search.Study.Ending;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.search.definition.Zoom;
import dev.sieve.search.plan.Preview;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Phases that learn from outcomes decide the same wherever and whenever these arrive. */
class VirtualTimeTest extends CoarseRuns {
  /** Trials of one, two and three epochs, so that few end at the same virtual time. */
  private static final Space UNEVEN =
      new Space(
          List.of(
              log("lambda", LAMBDA, -5, -1, 0),
              log("eta", ETA, -3, -1, 0),
              values("epochs", EPOCHS, 1, 2, 3)));

  @ParameterizedTest
  @CsvSource({"TPE, 1", "TPE, 2", "GP, 1", "GP, 2"})
  void arrivalAndPlacesChangeNothing(SamplerKind kind, int slots) throws InterruptedException {
    Map<String, String> expected = table(study(kind, 14, 2), new ScriptedExecutor(0));
    assertThat(expected).hasSize(28);
    for (int order = 1; order <= 4; order++) {
      ScriptedExecutor executor =
          new ScriptedExecutor(
              order, slots, trial -> ScriptedExecutor.done(ScriptedExecutor.accuracy(trial)));
      SearchSettings settings = new SearchSettings(3, order % 2, order, 0, Duration.ofMinutes(1));
      Map<String, String> table =
          table(study(kind, 14, 2).withSearch(settings), executor.dawdling());
      assertThat(table).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TPE", "GP"})
  void aDriverThatDiesAtAnyWriteGoesOnToTheSameTable(SamplerKind kind) throws InterruptedException {
    Studies studies = study(kind, 11, 1);
    MemoryTrialStore undisturbed = new MemoryTrialStore();
    run(studies, undisturbed, new ScriptedExecutor(9));
    for (int write = 0; write < undisturbed.writes(); write++) {
      for (boolean durable : new boolean[] {false, true}) {
        MemoryTrialStore shaky = new MemoryTrialStore();
        if (durable) {
          shaky.crashAfter(write);
        } else {
          shaky.crashBefore(write);
        }
        assertThatThrownBy(() -> run(studies, shaky, new ScriptedExecutor(3)))
            .isInstanceOf(MemoryTrialStore.Crash.class);
        run(studies, shaky, new ScriptedExecutor(4));
        assertThat(shaky.table()).as("write %s", write).isEqualTo(undisturbed.table());
      }
    }
  }

  /** Killed again and again, each time after a few writes. */
  @Test
  void aStudyOfManyLivesIsTheUndisturbedOne() throws InterruptedException {
    Studies studies = study(SamplerKind.TPE, 24, 2);
    Map<String, String> expected = table(studies, new ScriptedExecutor(0));
    for (int seed = 1; seed <= 5; seed++) {
      Draws draws = new Draws(seed);
      MemoryTrialStore store = new MemoryTrialStore();
      Set<String> trained = new HashSet<>();
      int lives = 0;
      for (boolean alive = false; !alive; lives++) {
        store.crashAfter(1 + draws.nextInt(8));
        ScriptedExecutor executor = new ScriptedExecutor(draws.nextLong());
        int rows = store.history().trials(Phase.COARSE, 0).size();
        try {
          run(studies, store, executor.dawdling());
          alive = true;
        } catch (MemoryTrialStore.Crash e) {
          assertThat(store.history().trials(Phase.COARSE, 0).size()).isGreaterThanOrEqualTo(rows);
        }
        executor.submitted().stream()
            .flatMap(group -> group.trials().stream())
            .forEach(trial -> trained.add(trial.key().toString()));
      }
      assertThat(lives).isGreaterThan(5);
      assertThat(store.table()).isEqualTo(expected);
      assertThat(trained).hasSize(48);
    }
  }

  @Test
  void moreConfigurationsGoOnWhereFewerEnded() throws InterruptedException {
    MemoryTrialStore store = new MemoryTrialStore();
    run(study(SamplerKind.TPE, 12, 2), store, new ScriptedExecutor(1));
    ScriptedExecutor rest = new ScriptedExecutor(2);
    run(study(SamplerKind.TPE, 20, 2), store, rest);
    assertThat(store.table())
        .isEqualTo(table(study(SamplerKind.TPE, 20, 2), new ScriptedExecutor(3)))
        .hasSize(40);
    assertThat(rest.submitted().stream().mapToInt(group -> group.size()).sum()).isEqualTo(16);
  }

  @Test
  void whatChangesDecisionsIsPartOfThePlan() throws InterruptedException {
    MemoryTrialStore store = new MemoryTrialStore();
    run(study(SamplerKind.TPE, 4, 1), store, new ScriptedExecutor(1));
    Studies three = study(SamplerKind.TPE, 4, 1);
    assertThatThrownBy(
            () ->
                run(
                    three.withSearch(new SearchSettings(3, 0, 0, 0, Duration.ofMinutes(1))),
                    store,
                    new ScriptedExecutor(1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("  search.parallel: 2 → 3\n");
    assertThatThrownBy(() -> run(study(SamplerKind.TPE, 4, 2), store, new ScriptedExecutor(1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("  replicates: 1 → 2\n");
  }

  @Test
  void whatBeginsTogetherIsSubmittedTogether() throws InterruptedException {
    Space even = new Space(List.of(log("lambda", LAMBDA, -5, -1, 0)));
    Studies studies =
        Studies.small()
            .withCoarse(new CoarseSpec(SamplerKind.TPE, 10, 1, even))
            .withSearch(new SearchSettings(4, 0, 8, 0, Duration.ofMinutes(1)));
    ScriptedExecutor executor =
        new ScriptedExecutor(
            1, 1, trial -> ScriptedExecutor.done(ScriptedExecutor.accuracy(trial)));
    run(studies, new MemoryTrialStore(), executor);
    assertThat(executor.submitted()).extracting(group -> group.size()).containsExactly(4, 4, 2);
  }

  @Test
  void nothingIsDecidedBeforeWhatIsDueHasCome() throws InterruptedException {
    ScriptedExecutor executor = new ScriptedExecutor(1);
    run(study(SamplerKind.TPE, 12, 1), new MemoryTrialStore(), executor);
    assertThat(executor.mostPending()).isLessThanOrEqualTo(2);
    assertThat(heard.plans.get(0).trials()).hasSize(2);
    assertThat(heard.plans.get(0).size()).isEqualTo(12);
    assertThat(heard.records.get(0).trials()).isEqualTo(12);
  }

  @Test
  void trialsThatDivergeOrFailAreToldToo() throws InterruptedException {
    MemoryTrialStore store = new MemoryTrialStore();
    ScriptedExecutor rough =
        new ScriptedExecutor(
            1,
            2,
            trial ->
                switch (trial.ordinal() % 4) {
                  case 0 -> TrialResult.failed(Status.DIVERGED, "");
                  case 1 -> TrialResult.failed(Status.FAILED, "failed");
                  default -> ScriptedExecutor.done(ScriptedExecutor.accuracy(trial));
                });
    assertThat(run(study(SamplerKind.GP, 20, 1), store, rough)).isEqualTo(Ending.DONE);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(20);
    int writes = store.writes();
    run(study(SamplerKind.GP, 20, 1), store, new ScriptedExecutor(2));
    assertThat(store.writes()).isEqualTo(writes);
    assertThat(heard.notes).contains("coarse has nothing left to run: all 20 trials have a result");
  }

  @Test
  void aSpaceThatIsUsedUpEndsThePhase() throws InterruptedException {
    Space small = new Space(List.of(values("lambda", LAMBDA, 0.1, 0.2, 0.3)));
    Studies studies = Studies.small().withCoarse(new CoarseSpec(SamplerKind.TPE, 9, 1, small));
    MemoryTrialStore store = new MemoryTrialStore();
    assertThat(run(studies, store, new ScriptedExecutor(1))).isEqualTo(Ending.DONE);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(3);
    assertThat(heard.notes)
        .contains(
            "coarse asks for 9 configurations, but its space holds only 3 different ones: these are run");
  }

  @Test
  void fineAdaptsInItsBoxesAndFinalPicksFromIt() throws InterruptedException {
    Studies studies =
        Studies.small()
            .withFine(new FineSpec(2, new Zoom.Boxes(0.25, true), SamplerKind.TPE, 16, 1, 0, null));
    MemoryTrialStore store = new MemoryTrialStore();
    Study study = new Study(studies.definition(), store, new ScriptedExecutor(1), heard);
    study.run(Phase.COARSE);
    assertThat(Preview.of(studies.definition(), store.history(), Phase.FINE, 2).get(0).trials())
        .isEqualTo(16);
    study.run(Phase.FINE);
    study.run(Phase.FINAL);
    assertThat(store.history().trials(Phase.FINE, 1)).hasSize(16);
    assertThat(store.history().trials(Phase.FINAL, 0)).hasSize(2);
    assertThat(heard.plans.get(1).identity()).containsEntry("sampler", "tpe");
  }

  private static Studies study(SamplerKind kind, int configurations, int replicates) {
    return Studies.small()
        .withCoarse(new CoarseSpec(kind, configurations, replicates, UNEVEN))
        .withSearch(new SearchSettings(replicates == 1 ? 2 : 3, 0, 0, 0, Duration.ofMinutes(1)));
  }
}
