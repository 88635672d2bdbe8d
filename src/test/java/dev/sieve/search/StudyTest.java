package dev.sieve.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.search.Studies.Heard;
import dev.sieve.search.Study.Ending;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.TrialStore;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyTest {
  private final MemoryTrialStore store = new MemoryTrialStore();
  private final Heard heard = new Heard();

  @Test
  void coarseThenFineThenFinal() throws InterruptedException {
    Study study = study(Studies.small(), new ScriptedExecutor(1));
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.DONE);
    assertThat(study.run(Phase.FINE)).isEqualTo(Ending.DONE);
    assertThat(study.run(Phase.FINAL)).isEqualTo(Ending.DONE);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(12);
    assertThat(store.history().trials(Phase.FINE, 1)).hasSize(5);
    assertThat(store.history().trials(Phase.FINAL, 0)).hasSize(2);
    assertThat(store.history().phases())
        .extracting(PhaseRow::state)
        .containsOnly(PhaseRow.State.DONE);
    String best = store.history().leaderboard(Phase.FINE, 1).get(0).configuration();
    assertThat(store.history().leaderboard(Phase.FINAL, 0).get(0).configuration()).isEqualTo(best);
    assertThat(store.history().phases().get(1).box().lines()).hasSize(3);
  }

  @Test
  void aReplicateStartsAlikeInEveryConfiguration() throws InterruptedException {
    study(Studies.small(), new ScriptedExecutor(1)).run(Phase.COARSE);
    List<Trial> trials = heard.plans.get(0).trials();
    assertThat(trials).extracting(Trial::seed).containsOnly(7L);
    assertThat(trials).extracting(Trial::replicate).contains(0, 1).hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void orderOfArrivalChangesNothing(long order) throws InterruptedException {
    MemoryTrialStore other = new MemoryTrialStore();
    runAll(Studies.small(), store, new ScriptedExecutor(0));
    runAll(
        Studies.small().withSearch(new SearchSettings(4, 1, 3, 0, Duration.ofMinutes(1))),
        other,
        new ScriptedExecutor(order));
    assertThat(other.table()).isEqualTo(store.table()).hasSize(19);
  }

  @Test
  void aFinishedPhaseRunAgainHasNothingToRun() throws InterruptedException {
    Study study = study(Studies.small(), new ScriptedExecutor(1));
    study.run(Phase.COARSE);
    int writes = store.writes();
    ScriptedExecutor idle = new ScriptedExecutor(2);
    assertThat(study(Studies.small(), idle).run(Phase.COARSE)).isEqualTo(Ending.DONE);
    assertThat(idle.submitted()).isEmpty();
    assertThat(store.writes()).isEqualTo(writes);
    assertThat(heard.notes).contains("coarse has nothing left to run: all 12 trials have a result");
  }

  @Test
  void longGroupsGoFirstAndNoMoreThanAllowed() throws InterruptedException {
    ScriptedExecutor executor = new ScriptedExecutor(1);
    SearchSettings three = new SearchSettings(4, 3, 5, 0, Duration.ofMinutes(1));
    study(Studies.small().withSearch(three), executor).run(Phase.COARSE);
    assertThat(executor.mostPending()).isEqualTo(3);
    assertThat(executor.submitted()).extracting(group -> group.size()).containsExactly(3, 3, 3, 3);
    ScriptedExecutor roomy = new ScriptedExecutor(1);
    new Study(Studies.small().definition(), new MemoryTrialStore(), roomy, heard).run(Phase.COARSE);
    assertThat(roomy.mostPending()).isEqualTo(8);
  }

  @Test
  void failuresInARowEndTheStudyAndItGoesOnLater() throws InterruptedException {
    SearchSettings three = new SearchSettings(4, 1, 0, 3, Duration.ofMinutes(1));
    Studies studies = Studies.small().withSearch(three);
    ScriptedExecutor failing = executor(Status.FAILED);
    assertThat(study(studies, failing).run(Phase.COARSE)).isEqualTo(Ending.FAILING);
    assertThat(failing.cancelled()).isTrue();
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(3);
    PhaseRow record = heard.records.get(0);
    assertThat(record.state()).isEqualTo(PhaseRow.State.CUT);
    assertThat(record.cut())
        .isEqualTo("3 trials in a row failed, the last: trial 2 failed: java.io.IOException: disk");
    assertThat(study(studies, new ScriptedExecutor(1)).run(Phase.COARSE)).isEqualTo(Ending.DONE);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(12);
  }

  @Test
  void divergedTrialsAreResultsAndNoFailures() throws InterruptedException {
    SearchSettings three = new SearchSettings(4, 0, 0, 3, Duration.ofMinutes(1));
    Study study = study(Studies.small().withSearch(three), executor(Status.DIVERGED));
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.WITHOUT_VALID_TRIAL);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(12);
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.WITHOUT_VALID_TRIAL);
    assertThatThrownBy(() -> study.run(Phase.FINE))
        .hasMessageContaining("fine needs a configuration of coarse whose replicates are all done");
    assertThatThrownBy(() -> study.run(Phase.FINAL))
        .hasMessageContaining("final needs a configuration whose replicates are all done");
  }

  @Test
  void aConfigurationWithAFailedReplicateIsNotPicked() throws InterruptedException {
    runAll(Studies.small(), store, new ScriptedExecutor(1));
    String best = store.history().leaderboard(Phase.COARSE, 0).get(0).configuration();
    MemoryTrialStore other = new MemoryTrialStore();
    ScriptedExecutor spoiling =
        new ScriptedExecutor(
            1,
            2,
            trial ->
                trial.replicate() == 1 && trial.key().configuration().equals(best)
                    ? TrialResult.failed(Status.FAILED, "failed")
                    : ScriptedExecutor.done(ScriptedExecutor.accuracy(trial)));
    Study study = new Study(Studies.small().definition(), other, spoiling, heard);
    study.run(Phase.COARSE);
    study.run(Phase.FINE);
    assertThat(Objects.requireNonNull(study.picks()).configurations())
        .hasSize(3)
        .noneMatch(configuration -> configuration.id().equals(best));
  }

  @Test
  void stopKeepsWhatArrivedAndGoesOnLater() throws InterruptedException {
    SearchSettings two = new SearchSettings(4, 2, 0, 0, Duration.ofMinutes(1));
    Studies studies = Studies.small().withSearch(two);
    Study study = study(studies, new ScriptedExecutor(1));
    heard.onFinished =
        () -> {
          if (heard.outcomes.size() == 4) {
            study.stop();
          }
        };
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.INTERRUPTED);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(5);
    assertThat(heard.records.get(0).state()).isEqualTo(PhaseRow.State.CUT);
    assertThat(heard.records.get(0).cut()).isEqualTo("interrupted");
    assertThat(study.run(Phase.FINE)).isEqualTo(Ending.INTERRUPTED);

    study(studies, new ScriptedExecutor(2)).run(Phase.COARSE);
    MemoryTrialStore undisturbed = new MemoryTrialStore();
    new Study(studies.definition(), undisturbed, new ScriptedExecutor(3), new Heard())
        .run(Phase.COARSE);
    assertThat(store.table()).isEqualTo(undisturbed.table());
  }

  @Test
  void aDriverThatDiesAtAnyWriteGoesOnToTheSameTable() throws InterruptedException {
    MemoryTrialStore undisturbed = new MemoryTrialStore();
    runAll(Studies.small(), undisturbed, new ScriptedExecutor(9));
    Map<String, String> table = undisturbed.table();
    for (int write = 0; write < undisturbed.writes(); write++) {
      for (boolean durable : new boolean[] {false, true}) {
        MemoryTrialStore shaky = new MemoryTrialStore();
        if (durable) {
          shaky.crashAfter(write);
        } else {
          shaky.crashBefore(write);
        }
        assertThatThrownBy(() -> runAll(Studies.small(), shaky, new ScriptedExecutor(3)))
            .isInstanceOf(MemoryTrialStore.Crash.class);
        runAll(Studies.small(), shaky, new ScriptedExecutor(4));
        assertThat(shaky.table()).as("write %s, durable %s", write, durable).isEqualTo(table);
      }
    }
  }

  private Study study(Studies studies, TrialExecutor executor) {
    return new Study(studies.definition(), store, executor, heard);
  }

  private static void runAll(Studies studies, TrialStore store, TrialExecutor executor)
      throws InterruptedException {
    Study study = new Study(studies.definition(), store, executor, new Heard());
    for (Phase phase : Phase.values()) {
      assertThat(study.run(phase)).isEqualTo(Ending.DONE);
    }
  }

  private static ScriptedExecutor executor(Status status) {
    return new ScriptedExecutor(
        1, 2, trial -> TrialResult.failed(status, "java.io.IOException: disk\n\tat Disk.read"));
  }
}
