package dev.sieve.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.search.Studies.Heard;
import dev.sieve.search.Study.Ending;
import dev.sieve.search.definition.RungSpec.Type;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.search.plan.Preview;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.results.TrialStore;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.trial.Phase;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A lost trial is no result: nothing is decided past it, and the same command trains it again. */
class LostTrialsTest extends CoarseRuns {
  private final MemoryTrialStore store = new MemoryTrialStore();
  private final Set<TrialKey> disk = new HashSet<>();

  @Test
  void theOthersGoOnAndTheSameCommandTrainsTheLostAlone() throws InterruptedException {
    Study study = study(losing(trial -> trial.ordinal() == 3 || trial.ordinal() == 7));
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.LOST);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(12);
    PhaseRow record = store.history().phases().get(0);
    assertThat(record.state()).isEqualTo(PhaseRow.State.CUT);
    assertThat(record.cut()).isEqualTo("trials 3, 7 were lost");
    assertThat(heard.notes).contains("coarse: trials 3, 7 were lost; the others went on");

    assertThatThrownBy(() -> study.run(Phase.FINE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "fine needs a finished coarse phase, but trials 3, 7 of coarse in study small were lost: run coarse first, it trains what was lost again, or go on without: --accept-lost");
    assertThatThrownBy(() -> study.run(Phase.FINAL))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("but trials 3, 7 of coarse in study small were lost: run coarse");
    assertThat(
            Preview.of(Studies.small().definition(), store.history(), Phase.COARSE, 1)
                .get(0)
                .finished())
        .isEqualTo(10);

    ScriptedExecutor again = losing(trial -> false);
    runAll(study(again));
    assertThat(again.submitted().subList(0, 2))
        .extracting(group -> group.first().ordinal())
        .containsExactlyInAnyOrder(3, 7);
    assertThat(store.table()).isEqualTo(undisturbed());
  }

  @Test
  void whereNothingTakesWorkThePhaseIsCutAndNoTrialIsLost() throws InterruptedException {
    Study study = study(losing(trial -> false).stuckAfter(3));
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.STUCK);
    assertThat(store.history().trials(Phase.COARSE, 0))
        .hasSizeLessThan(12)
        .allMatch(row -> row.status() == Status.DONE);
    assertThat(store.history().phases().get(0).cut()).isEqualTo("executors die");
    assertThat(heard.notes).contains("coarse: executors die");

    runAll(study(losing(trial -> false)));
    assertThat(store.table()).isEqualTo(undisturbed());
  }

  @Test
  void whatIsAcceptedIsATrialWithoutAFigureAndStaysSo() throws InterruptedException {
    Study study = study(losing(trial -> trial.ordinal() == 3));
    study.acceptLost();
    runAll(study);
    assertThat(store.history().phases().get(0).cut()).isEqualTo("without the lost trial 3");
    assertThat(store.history().phases())
        .extracting(PhaseRow::state)
        .containsOnly(PhaseRow.State.DONE);

    int writes = store.writes();
    ScriptedExecutor idle = losing(trial -> false);
    Study accepting = study(idle);
    accepting.acceptLost();
    runAll(accepting);
    assertThat(idle.submitted()).isEmpty();
    assertThat(store.writes()).isEqualTo(writes);
  }

  /** As studies that counted lost trials as ended are. */
  @Test
  void aPhaseThatIsDoneButForLostTrialsTrainsThemAgain() throws InterruptedException {
    Study accepting = study(losing(trial -> trial.ordinal() == 3));
    accepting.acceptLost();
    assertThat(accepting.run(Phase.COARSE)).isEqualTo(Ending.DONE);
    ScriptedExecutor again = losing(trial -> false);
    assertThat(study(again).run(Phase.COARSE)).isEqualTo(Ending.DONE);
    assertThat(again.submitted()).hasSize(1);
    assertThat(store.history().phases().get(0).cut()).isEmpty();
    assertThat(undisturbed().entrySet()).containsAll(store.table().entrySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FINE", "FINAL"})
  void aLaterPhaseMayAcceptWhatCoarseLost(Phase next) throws InterruptedException {
    Study study = study(losing(trial -> trial.ordinal() == 3));
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.LOST);
    study.acceptLost();
    assertThat(study.run(next)).isEqualTo(Ending.DONE);
    String lost = lost().get(0).key().configuration();
    assertThat(Objects.requireNonNull(study.picks()).configurations())
        .isNotEmpty()
        .noneMatch(picked -> picked.id().equals(lost));
  }

  @Test
  void finalDoesNotPassOverAFineLevelThatLostTrials() throws InterruptedException {
    Study study = study(losing(trial -> trial.key().phase() == Phase.FINE && trial.ordinal() == 1));
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.DONE);
    assertThat(study.run(Phase.FINE)).isEqualTo(Ending.LOST);
    assertThatThrownBy(() -> study.run(Phase.FINAL))
        .hasMessageContaining(
            "but trial 1 of fine level 1 in study small was lost: run fine first");
    study.acceptLost();
    assertThat(study.run(Phase.FINAL)).isEqualTo(Ending.DONE);
    assertThat(heard.notes)
        .contains("fine level 1 has lost trials: final picks from the others (--accept-lost)");
  }

  @ParameterizedTest
  @CsvSource({
    "HALVING, GRID, 1",
    "HALVING, TPE, 2",
    "HYPERBAND, SOBOL, 1",
    "ASHA, RANDOM, 1",
    "ASHA, TPE, 1",
    ", TPE, 2",
    ", GP, 1"
  })
  void nothingIsDecidedPastALostTrialAndTheSameCommandEndsAsUndisturbed(
      Type type, SamplerKind kind, int replicates) throws InterruptedException {
    Studies studies = adaptive(type, kind, replicates);
    MemoryTrialStore undisturbed = new MemoryTrialStore();
    run(studies, undisturbed, RungStudyTest.executor(9));
    List<TrialRow> rows = undisturbed.history().rungs(Phase.COARSE, 0);
    for (int i = 0; i < rows.size(); i += 3) {
      TrialKey key = rows.get(i).key();
      MemoryTrialStore shaky = new MemoryTrialStore();
      disk.clear();
      Heard before = new Heard();
      Study first =
          new Study(studies.definition(), shaky, losing(t -> t.key().equals(key)).on(disk), before);
      assertThat(first.run(Phase.COARSE)).as("%s", key).isEqualTo(Ending.LOST);
      assertThat(before.notes)
          .anyMatch(note -> note.endsWith("does not decide past it"))
          .noneMatch(note -> note.contains("decided without"));
      Map<String, String> table = undisturbed.table();
      assertThat(shaky.table().keySet()).isSubsetOf(table.keySet());
      assertThat(run(studies, shaky, losing(t -> false).on(disk))).isEqualTo(Ending.DONE);
      assertThat(shaky.table()).as("%s", key).isEqualTo(table);
      assertThat(disk).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"HALVING, GRID", "ASHA, RANDOM", ", TPE"})
  void whatWasDecidedPastALostTrialIsNotDecidedAgain(Type type, SamplerKind kind)
      throws InterruptedException {
    Studies studies = adaptive(type, kind, 1);
    Study accepting =
        new Study(studies.definition(), store, losing(t -> t.ordinal() == 2), new Heard());
    accepting.acceptLost();
    assertThat(accepting.run(Phase.COARSE)).isEqualTo(Ending.DONE);
    Map<String, String> table = store.table();
    assertThat(lost()).hasSize(1);

    ScriptedExecutor idle = losing(t -> false);
    assertThat(run(studies, store, idle)).isEqualTo(Ending.DONE);
    assertThat(idle.submitted()).isEmpty();
    assertThat(store.table()).isEqualTo(table);
    assertThat(heard.notes)
        .contains(
            "coarse was decided without the lost trial 2, and is not decided again: to have them, give the study another name (study.name)");
  }

  @Test
  void theTrialsOfOneGroupCountOnceAndManyGroupsInARowStopTheStudy() throws InterruptedException {
    FailuresInRow failures = new FailuresInRow();
    List<TrialOutcome> eight = outcomes(8, Status.LOST);
    failures.count(eight);
    assertThat(failures.groups()).isEqualTo(1);
    failures.count(outcomes(2, Status.FAILED));
    assertThat(failures.groups()).isEqualTo(2);
    assertThat(failures.text())
        .isEqualTo(
            "10 trials in a row failed or were lost, the last: trial 1 failed: executor 1 died");
    failures.count(outcomes(1, Status.DIVERGED));
    assertThat(failures.groups()).isZero();

    Studies three =
        Studies.small().withSearch(new SearchSettings(4, 1, 0, 3, Duration.ofMinutes(1)));
    MemoryTrialStore other = new MemoryTrialStore();
    Study study = new Study(three.definition(), other, losing(trial -> true), heard);
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.FAILING);
    assertThat(other.history().trials(Phase.COARSE, 0)).hasSize(3);
    assertThat(other.history().phases().get(0).cut())
        .isEqualTo(
            "3 trials in a row failed or were lost, the last: trial 2 lost: executor 1 died");
  }

  @Test
  void aRowThatCannotBeWrittenEndsTheRunAndSaysWhatIsKept() throws InterruptedException {
    MemoryTrialStore full = new MemoryTrialStore();
    full.refuse(3, new UserException("free space"));
    ScriptedExecutor executor = losing(trial -> false);
    Study study = new Study(Studies.small().definition(), full, executor, heard);
    assertThatThrownBy(() -> study.run(Phase.COARSE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "free space; rows written before are kept, and the same command goes on from there");
    assertThat(executor.cancelled()).isTrue();
    runAll(new Study(Studies.small().definition(), full, losing(trial -> false), heard));
    assertThat(full.table()).isEqualTo(undisturbed());
  }

  @Test
  void whereRowsAreGoneNoneAreSaidToBeKept() {
    MemoryTrialStore gone = new MemoryTrialStore();
    gone.refuse(3, new UserException("put them back", new TrialStore.RowsGoneException()));
    Study study = new Study(Studies.small().definition(), gone, losing(trial -> false), heard);
    assertThatThrownBy(() -> study.run(Phase.COARSE))
        .isInstanceOf(UserException.class)
        .hasMessage("put them back");
  }

  private static List<TrialOutcome> outcomes(int count, Status status) {
    List<Trial> trials =
        new Study(
                Studies.small().definition(),
                new MemoryTrialStore(),
                losing(t -> false),
                new Heard())
            .preview(Phase.COARSE)
            .get(0)
            .all();
    RunInfo run = new RunInfo("", "", 0, Instant.EPOCH, 0, "", 0, "", "", "", "", "");
    TrialResult result = TrialResult.failed(status, "executor 1 died");
    return trials.subList(0, count).stream()
        .map(trial -> new TrialOutcome(trial, result, run))
        .toList();
  }

  private static Studies adaptive(Type type, SamplerKind kind, int replicates) {
    Studies studies = RungStudyTest.study(Type.HALVING, kind, replicates);
    return type == null ? studies.withRungs(null) : RungStudyTest.study(type, kind, replicates);
  }

  private List<TrialRow> lost() {
    return store.history().trials(Phase.COARSE, 0).stream()
        .filter(row -> row.status() == Status.LOST)
        .toList();
  }

  private Study study(ScriptedExecutor executor) {
    return new Study(Studies.small().definition(), store, executor, heard);
  }

  private static void runAll(Study study) throws InterruptedException {
    for (Phase phase : Phase.values()) {
      assertThat(study.run(phase)).isEqualTo(Ending.DONE);
    }
  }

  private static Map<String, String> undisturbed() throws InterruptedException {
    MemoryTrialStore store = new MemoryTrialStore();
    runAll(new Study(Studies.small().definition(), store, losing(trial -> false), new Heard()));
    return store.table();
  }

  private static ScriptedExecutor losing(Predicate<Trial> lost) {
    return new ScriptedExecutor(
        1,
        2,
        trial ->
            lost.test(trial)
                ? TrialResult.failed(Status.LOST, "executor 1 died")
                : ScriptedExecutor.done(ScriptedExecutor.climbing(trial)));
  }
}
