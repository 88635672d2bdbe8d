package dev.sieve.search;

import static dev.sieve.search.RungStudyTest.executor;
import static dev.sieve.search.RungStudyTest.rungs;
import static dev.sieve.search.RungStudyTest.study;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.sieve.error.UserException;
import dev.sieve.search.Studies.Heard;
import dev.sieve.search.Study.Ending;
import dev.sieve.search.definition.Budget;
import dev.sieve.search.definition.RungSpec.Type;
import dev.sieve.search.plan.RungPreview;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a phase with rungs is to cost: its budget of epochs, and what is ahead of it. */
class RungBudgetTest extends CoarseRuns {
  @ParameterizedTest
  @CsvSource({"HALVING, GRID", "HALVING, TPE", "HYPERBAND, SOBOL", "ASHA, SOBOL", "ASHA, TPE"})
  void aBudgetOfEpochsCountsWhatRungsTake(Type type, SamplerKind kind) throws InterruptedException {
    Studies limited =
        study(type, kind, 1).withBudget(Phase.COARSE, new Budget(null, 20, null, null));
    long planned = Objects.requireNonNull(preview(limited)).epochs();
    assertThat(planned).isLessThanOrEqualTo(20);
    MemoryTrialStore store = new MemoryTrialStore();
    assertThat(run(limited, store, executor(1))).isEqualTo(Ending.DONE);
    long[] stages = {1, 2, 1};
    Map<Integer, Long> rungs = rungs(store.history().rungs(Phase.COARSE, 0));
    long spent = 0;
    for (int rung = 0; rung < stages.length; rung++) {
      // Of a hyperband's later brackets trials begin at later rungs, and take more.
      spent += stages[rung] * rungs.getOrDefault(rung, 0L);
    }
    assertThat(spent).isLessThanOrEqualTo(20).isGreaterThan(14);
    assertThat(rungs).containsKey(2);
    assertThat(store.history().phases().get(0).cut())
        .isEqualTo("budget.epochs = 20 allows no further configuration");
    if (type == Type.HALVING) {
      assertThat(rungs).isEqualTo(Map.of(0, 11L, 1, 3L, 2, 1L));
      assertThat(planned).isEqualTo(11 + 3 * 2 + 1);
    }
    assertThat(table(limited, executor(5).dawdling())).isEqualTo(store.table());
    Studies raised = limited.withBudget(Phase.COARSE, new Budget(null, 30, null, null));
    assertThatThrownBy(() -> run(raised, store, executor(1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("  budget.epochs: 20 → 30\n");
  }

  private static @Nullable RungPreview preview(Studies studies) {
    return RungPreview.of(studies.definition(), new MemoryTrialStore().history(), Phase.COARSE);
  }

  @Test
  void whatIsToComeIsPartOfThePlansWork() throws InterruptedException {
    for (SamplerKind kind : List.of(SamplerKind.SOBOL, SamplerKind.TPE)) {
      Heard plans = new Heard();
      Studies studies = study(Type.HALVING, kind, 1);
      new Study(studies.definition(), new MemoryTrialStore(), executor(1), plans).run(Phase.COARSE);
      PhasePlan early = plans.plans.get(0);
      assertThat(early.trials().stream().map(t -> t.stage().rung())).containsOnly(0);
      assertThat(early.size()).isEqualTo(18 + 6 + 2);
      double first = early.trials().stream().mapToDouble(Trial::work).sum();
      double stage = first / early.trials().size();
      // 18 to the first rung, 6 for two epochs more, 2 for one.
      assertThat(early.work()).isCloseTo(stage * (18 + 6 * 2 + 2), withinPercentage(1e-6));
      PhasePlan late = plans.last();
      assertThat(late.undecided()).isZero();
      assertThat(late.work()).isCloseTo(early.work(), withinPercentage(20));
    }
  }
}
