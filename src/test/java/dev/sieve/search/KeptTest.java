package dev.sieve.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.search.Study.Ending;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.plan.CoarsePlanner;
import dev.sieve.search.plan.Planner;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a study does with trials that were stopped within their stage. */
class KeptTest {
  private final MemoryTrialStore store = new MemoryTrialStore();
  private final Studies.Heard heard = new Studies.Heard();
  private final Map<TrialKey, Long> disk = new HashMap<>();

  private static List<Trial> trials() {
    StudyDefinition definition = Studies.small().definition();
    return new CoarsePlanner(new Planner(definition, new MemoryTrialStore()::history))
        .plan()
        .trials();
  }

  private Study study(Studies studies, ScriptedExecutor executor) {
    return new Study(studies.definition(), store, executor.keeping(disk), heard);
  }

  @Test
  void aStopSaysWhatWasKeptAndTheSameCommandGoesOnFromItInGroupsOfOneStep()
      throws InterruptedException {
    Study stopped = study(Studies.small(), new ScriptedExecutor(1));
    List<Trial> trials = trials();
    long steps = trials.get(0).stage().to();
    // What tasks write as they are cancelled, of the last four.
    heard.onFinished =
        () -> {
          trials.subList(8, 12).forEach(trial -> disk.put(trial.key(), steps / 2));
          stopped.stop();
        };
    assertThat(stopped.run(Phase.COARSE)).isEqualTo(Ending.INTERRUPTED);
    heard.onFinished = () -> {};
    double epochs = trials.get(0).settings().epochs();
    long left =
        trials.subList(8, 12).stream().filter(trial -> disk.containsKey(trial.key())).count();
    assertThat(left).isBetween(2L, 4L);
    String amount =
        String.format(
            java.util.Locale.ROOT,
            "%.1f of the %.1f epochs of %d trials that have begun",
            Math.floor(5 * left * epochs) / 10,
            left * epochs,
            left);
    assertThat(heard.notes).contains("kept: " + amount + "; the same command goes on from there");

    ScriptedExecutor again = new ScriptedExecutor(2);
    assertThat(study(Studies.small(), again).run(Phase.COARSE)).isEqualTo(Ending.DONE);

    assertThat(heard.notes).contains("coarse goes on: " + amount + " are trained already");
    assertThat(again.submitted())
        .allMatch(
            group ->
                group.trials().stream().map(trial -> trial.ordinal() >= 8).distinct().count() == 1);
    assertThat(disk).isEmpty();
  }

  @Test
  void leftoversOfTrialsWithARowGoAndThoseOfLostOnesStay() throws InterruptedException {
    List<Trial> trials = trials();
    SearchSettings patient = new SearchSettings(4, 0, 1, 0, Duration.ofMinutes(1));
    ScriptedExecutor losing =
        new ScriptedExecutor(
            1,
            2,
            trial -> {
              disk.put(trial.key(), 1L);
              return trial.ordinal() == 3
                  ? TrialResult.failed(Status.LOST, "lost")
                  : ScriptedExecutor.done(ScriptedExecutor.accuracy(trial));
            });
    study(Studies.small().withSearch(patient), losing).run(Phase.COARSE);
    assertThat(disk.keySet()).containsExactly(trials.get(3).key());

    disk.put(trials.get(5).key(), 1L);
    study(Studies.small(), new ScriptedExecutor(1)).run(Phase.COARSE);
    assertThat(disk).doesNotContainKey(trials.get(5).key());
  }

  /** An attempt that nobody heard of any more may write when its phase has ended. */
  @Test
  void leftoversOfPhasesThatAreDoneGoWithTheNextOne() throws InterruptedException {
    TrialKey late = trials().get(5).key();
    ScriptedExecutor executor = new ScriptedExecutor(1);
    Study study = study(Studies.small(), executor);
    study.run(Phase.COARSE);
    disk.put(late, 1L);
    heard.onFinished = () -> assertThat(disk).isEmpty();
    assertThat(study.run(Phase.FINE)).isEqualTo(Ending.DONE);
    heard.onFinished = () -> disk.put(late, 1L);
    assertThat(study.run(Phase.FINAL)).isEqualTo(Ending.DONE);
    assertThat(disk).isEmpty();
  }

  @Test
  void whatAPhaseKeptThatIsNotDoneStays() throws InterruptedException {
    Study stopped = study(Studies.small(), new ScriptedExecutor(1));
    TrialKey open = trials().get(11).key();
    AtomicInteger finished = new AtomicInteger();
    heard.onFinished =
        () -> {
          disk.put(open, 1L);
          if (finished.incrementAndGet() == 4) {
            stopped.stop();
          }
        };
    assertThat(stopped.run(Phase.COARSE)).isEqualTo(Ending.INTERRUPTED);
    heard.onFinished = () -> {};
    Study partial = study(Studies.small(), new ScriptedExecutor(1));
    partial.allowPartial();
    assertThat(partial.run(Phase.FINE)).isEqualTo(Ending.DONE);
    assertThat(disk).containsOnlyKeys(open);
  }
}
