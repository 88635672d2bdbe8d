package dev.sieve.search.definition;

import static dev.sieve.search.Studies.ETA;
import static dev.sieve.search.Studies.LAMBDA;
import static dev.sieve.search.Studies.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.search.MemoryTrialStore;
import dev.sieve.search.ScriptedExecutor;
import dev.sieve.search.Studies;
import dev.sieve.search.Studies.Heard;
import dev.sieve.search.Study;
import dev.sieve.search.Study.Ending;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.PhaseRow.State;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends a phase early, and that it goes on when there is more to spend. */
class BudgetTest {
  /** Accuracies rise with the ordinal: 0.01, 0.02, … */
  private static ScriptedExecutor rising() {
    return new ScriptedExecutor(1, 2, trial -> ScriptedExecutor.done(0.01 * (trial.ordinal() + 1)));
  }

  private final MemoryTrialStore store = new MemoryTrialStore();
  private final Heard heard = new Heard();
  private final Studies studies = Studies.small();

  @Test
  void aBudgetOfTrialsTakesWholeConfigurationsInTheOrderOfThePlan() throws InterruptedException {
    assertThat(run(budget(7, null, null), Phase.COARSE)).isEqualTo(Ending.DONE);
    assertThat(store.history().trials(Phase.COARSE, 0))
        .extracting(TrialRow::ordinal)
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    PhaseRow record = record();
    assertThat(record.state()).isEqualTo(State.DONE);
    assertThat(record.trials()).isEqualTo(6);
    assertThat(record.cut()).isEqualTo("budget.trials = 7 allows no further configuration");
    assertThat(run(budget(7, null, null), Phase.FINE)).isEqualTo(Ending.DONE);
  }

  @Test
  void aBudgetOfEpochsCountsWhatIsPlanned() throws InterruptedException {
    run(budget(null, 9, null), Phase.COARSE);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(8);
    assertThat(record().cut()).isEqualTo("budget.epochs = 9 allows no further configuration");
    assertThat(record().state()).isEqualTo(State.DONE);
  }

  @Test
  void aBudgetThatIsEnoughIsNotMentioned() throws InterruptedException {
    run(budget(12, 12, null), Phase.COARSE);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(12);
    assertThat(record().cut()).isEmpty();
  }

  @Test
  void moreToSpendGoesOnWhereLessEnded() throws InterruptedException {
    run(budget(4, null, null), Phase.COARSE);
    ScriptedExecutor rest = new ScriptedExecutor(2);
    new Study(studies.definition(), store, rest, heard).run(Phase.COARSE);
    MemoryTrialStore whole = new MemoryTrialStore();
    new Study(studies.definition(), whole, new ScriptedExecutor(3), heard).run(Phase.COARSE);
    assertThat(store.table()).isEqualTo(whole.table());
    assertThat(rest.submitted().stream().mapToInt(group -> group.size()).sum()).isEqualTo(8);
    assertThat(record().cut()).isEmpty();
  }

  @Test
  void aBudgetThatAllowsNothingIsRefused() {
    assertThatThrownBy(() -> run(budget(1, null, null), Phase.COARSE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "coarse.budget.trials must allow one configuration with all its replicates, which takes 2 trials, but is 1: raise it");
    assertThatThrownBy(() -> run(budget(null, 1, null), Phase.COARSE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("which takes 2 epochs, but is 1");
    assertThat(store.writes()).isZero();
  }

  @Test
  void anAccuracyThatIsEnoughEndsThePhaseAndKeepsWhatArrived() throws InterruptedException {
    Studies enough = budget(null, null, 0.03).withSearch(settings(3));
    ScriptedExecutor executor = rising();
    Study study = new Study(enough.definition(), store, executor, heard);
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.DONE);
    assertThat(executor.withdrawn()).isTrue();
    assertThat(executor.cancelled()).isFalse();
    assertThat(executor.pending()).isZero();
    assertThat(store.history().trials(Phase.COARSE, 0).size()).isBetween(3, 11);
    assertThat(record().state()).isEqualTo(State.DONE);
    assertThat(record().cut())
        .matches("configuration \\w+ has reached budget.target-accuracy = 0.03");
    int writes = store.writes();
    assertThat(run(enough, Phase.COARSE)).isEqualTo(Ending.DONE);
    assertThat(store.writes()).isEqualTo(writes);
    assertThat(heard.notes).anyMatch(note -> note.contains("nothing left to run: configuration "));
    assertThat(study.run(Phase.FINE)).isEqualTo(Ending.DONE);
  }

  @Test
  void oneReplicateThatIsEnoughIsNotAndNaNNeverIs() throws InterruptedException {
    ScriptedExecutor uneven =
        new ScriptedExecutor(
            1,
            2,
            trial ->
                trial.replicate() == 0
                    ? ScriptedExecutor.done(0.9)
                    : trial.ordinal() < 6
                        ? TrialResult.failed(Status.DIVERGED, "")
                        : ScriptedExecutor.done(0.1));
    Studies enough = budget(null, null, 0.6);
    new Study(enough.definition(), store, uneven, heard).run(Phase.COARSE);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(12);
    assertThat(record().cut()).isEmpty();
  }

  @Test
  void timeThatIsUpCutsThePhaseAndTheSameCommandGoesOn() throws InterruptedException {
    Studies hurried =
        studies
            .withBudget(Phase.COARSE, new Budget(null, null, Duration.ofMillis(20), null))
            .withSearch(settings(1));
    ScriptedExecutor executor = new ScriptedExecutor(1);
    heard.onFinished =
        () -> {
          long start = System.nanoTime();
          while (heard.outcomes.size() == 3 && System.nanoTime() - start < 20_000_000) {
            Thread.onSpinWait();
          }
        };
    Study study = new Study(hurried.definition(), store, executor, heard);
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.OUT_OF_TIME);
    assertThat(executor.cancelled()).isTrue();
    assertThat(executor.pending()).isZero();
    int kept = store.history().trials(Phase.COARSE, 0).size();
    assertThat(kept).isBetween(1, 5);
    assertThat(record().state()).isEqualTo(State.CUT);
    assertThat(record().cut()).isEqualTo("the run has lasted as long as budget.wall-clock = 0.02s");
    ScriptedExecutor rest = new ScriptedExecutor(2);
    assertThat(new Study(studies.definition(), store, rest, new Heard()).run(Phase.COARSE))
        .isEqualTo(Ending.DONE);
    assertThat(rest.submitted()).hasSize(12 - kept);
    MemoryTrialStore whole = new MemoryTrialStore();
    new Study(studies.definition(), whole, new ScriptedExecutor(3), new Heard()).run(Phase.COARSE);
    assertThat(store.table()).isEqualTo(whole.table());
  }

  @ParameterizedTest
  @EnumSource(names = {"TPE", "GP"})
  void whatAdaptsKeepsItsBudgetInVirtualTime(SamplerKind kind) throws InterruptedException {
    Studies many = adaptive(kind, 12);
    Budget trials = new Budget(9, null, null, null);
    List<List<String>> tables = new ArrayList<>();
    for (int order = 1; order <= 3; order++) {
      MemoryTrialStore table = new MemoryTrialStore();
      Studies limited = many.withBudget(Phase.COARSE, trials);
      ScriptedExecutor executor = new ScriptedExecutor(order).dawdling();
      new Study(limited.definition(), table, executor, heard).run(Phase.COARSE);
      tables.add(List.copyOf(table.table().values()));
      assertThat(table.history().phases().get(0).cut())
          .isEqualTo("budget.trials = 9 allows no further configuration");
    }
    assertThat(tables.get(0)).hasSize(8).isEqualTo(tables.get(1)).isEqualTo(tables.get(2));

    new Study(
            many.withBudget(Phase.COARSE, trials).definition(),
            store,
            new ScriptedExecutor(1),
            heard)
        .run(Phase.COARSE);
    run(many, Phase.COARSE);
    MemoryTrialStore whole = new MemoryTrialStore();
    new Study(many.definition(), whole, new ScriptedExecutor(5), heard).run(Phase.COARSE);
    assertThat(store.table()).isEqualTo(whole.table()).hasSize(24);
  }

  @Test
  void whatAdaptsStopsAtItsTargetTheSameWheneverOutcomesArrive() throws InterruptedException {
    Studies target =
        adaptive(SamplerKind.TPE, 20).withBudget(Phase.COARSE, new Budget(null, null, null, 0.6));
    List<List<String>> tables = new ArrayList<>();
    for (int order = 1; order <= 3; order++) {
      MemoryTrialStore table = new MemoryTrialStore();
      ScriptedExecutor executor = new ScriptedExecutor(order, order, BudgetTest::scored);
      new Study(target.definition(), table, executor.dawdling(), heard).run(Phase.COARSE);
      tables.add(List.copyOf(table.table().values()));
      PhaseRow record = table.history().phases().get(0);
      assertThat(record.state()).isEqualTo(State.DONE);
      assertThat(record.cut()).contains("has reached budget.target-accuracy = 0.6");
      assertThat(record.trials())
          .isEqualTo(table.history().trials(Phase.COARSE, 0).size())
          .isLessThan(40);
    }
    assertThat(tables.get(0)).isEqualTo(tables.get(1)).isEqualTo(tables.get(2));
  }

  @Test
  void failuresEndSoonerThanABudget() throws InterruptedException {
    Studies enough =
        budget(8, null, null).withSearch(new SearchSettings(4, 1, 0, 2, Duration.ofMinutes(1)));
    ScriptedExecutor failing =
        new ScriptedExecutor(1, 2, trial -> TrialResult.failed(Status.FAILED, "disk"));
    assertThat(new Study(enough.definition(), store, failing, heard).run(Phase.COARSE))
        .isEqualTo(Ending.FAILING);
    assertThat(record().state()).isEqualTo(State.CUT);
  }

  @Test
  void allThatHasEndedIsOneCommit() throws InterruptedException {
    ScriptedExecutor executor = new ScriptedExecutor(1).bursting();
    new Study(studies.definition(), store, executor, heard).run(Phase.COARSE);
    // The phase's record, eight groups at once, four, and the record again.
    assertThat(store.writes()).isEqualTo(4);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(12);
  }

  @Test
  void partOfAPhaseMayDoIfAskedFor() throws InterruptedException {
    Study study = new Study(studies.definition(), store, new ScriptedExecutor(1), heard);
    store.crashBefore(8);
    assertThatThrownBy(() -> study.run(Phase.COARSE)).isInstanceOf(MemoryTrialStore.Crash.class);
    assertThatThrownBy(() -> study.run(Phase.FINE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("or zoom in on what there is: --allow-partial");
    assertThatThrownBy(() -> study.run(Phase.FINAL))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("or pick from what there is: --allow-partial");
    Study partial = new Study(studies.definition(), store, new ScriptedExecutor(2), heard);
    partial.allowPartial();
    assertThat(partial.run(Phase.FINAL)).isEqualTo(Ending.DONE);
    assertThat(heard.notes)
        .contains("coarse has not finished: final picks from what it has so far (--allow-partial)");
    assertThat(partial.run(Phase.FINE)).isEqualTo(Ending.DONE);
    assertThat(store.history().trials(Phase.FINE, 1)).hasSize(5);
  }

  private static TrialResult scored(Trial trial) {
    return ScriptedExecutor.done(ScriptedExecutor.accuracy(trial));
  }

  private Studies adaptive(SamplerKind kind, int configurations) {
    Space space = new Space(List.of(log("lambda", LAMBDA, -5, -1, 0), log("eta", ETA, -3, -1, 0)));
    return studies.withCoarse(new CoarseSpec(kind, configurations, 2, space));
  }

  private Studies budget(
      @Nullable Integer trials, @Nullable Integer epochs, @Nullable Double accuracy) {
    return studies.withBudget(Phase.COARSE, new Budget(trials, epochs, null, accuracy));
  }

  private static SearchSettings settings(int inFlight) {
    return new SearchSettings(4, inFlight, 0, 0, Duration.ofMinutes(1));
  }

  private PhaseRow record() {
    return Objects.requireNonNull(store.history().find(Phase.COARSE, 0));
  }

  private Ending run(Studies changed, Phase phase) throws InterruptedException {
    return new Study(changed.definition(), store, new ScriptedExecutor(1), heard).run(phase);
  }
}
