package dev.sieve.search;

import static dev.sieve.search.Studies.ETA;
import static dev.sieve.search.Studies.LAMBDA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.search.Studies.Heard;
import dev.sieve.search.Study.Ending;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.Zoom;
import dev.sieve.search.plan.BoxBuilder;
import dev.sieve.search.plan.Selection;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Limits;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Phase;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Fine levels: each zooms in on the best of the one before. */
class LevelsTest {
  private final MemoryTrialStore store = new MemoryTrialStore();
  private final Heard heard = new Heard();

  @Test
  void levelTwoZoomsInOnTheBestOfLevelOne() throws InterruptedException {
    run(levels(2, 5), store, Phase.COARSE);
    run(levels(2, 5), store, Phase.FINE);
    assertThat(store.history().trials(Phase.FINE, 1)).hasSize(5);
    assertThat(store.history().trials(Phase.FINE, 2)).hasSize(5);
    LeaderboardRow best = store.history().leaderboard(Phase.FINE, 1).get(0);
    PhaseRow second = record(2);
    assertThat(second.box().lines().findFirst().orElse(""))
        .endsWith(
            "around fine level 1 trial %s (%s)".formatted(best.trial(), best.configuration()));
    assertThat(second.identity()).containsEntry("box.parent", "fine level 1");
    assertThat(record(1).identity()).doesNotContainKey("box.parent");
    Study study = run(levels(2, 5), store, Phase.FINAL);
    assertThat(study.picks()).extracting(Selection::source).isEqualTo("fine level 2");
  }

  @Test
  void aBoxIsAShareOfTheBoxBeforeAroundAPointAndClippedToCoarse() {
    Axis lambda = Studies.log("lambda", LAMBDA, -5, -1, 0);
    Space coarse = new Space(List.of(lambda));
    Space left = new Space(List.of(Studies.log("lambda", LAMBDA, -5, -4.5, 0)));
    Space right = new Space(List.of(Studies.log("lambda", LAMBDA, -3, -2, 0)));
    List<LeaderboardRow> best =
        List.of(ranked("1e-5"), ranked("1e-2"), ranked("0.003162277660168379"));
    assertThat(
            new BoxBuilder(
                    new Zoom.Boxes(0.5, true),
                    0,
                    best,
                    coarse,
                    List.of(left, right),
                    "fine level 1",
                    path -> Limits.NONE)
                .boxes().stream().map(box -> box.space().axes().get(0).domain()))
        .containsExactly(
            new Domain.Log10(-5, -4.875, 0),
            new Domain.Log10(-2.25, -1.75, 0),
            new Domain.Log10(-2.75, -2.25, 0));
  }

  @Test
  void aFurtherLevelIsAddedToAFinishedStudy() throws InterruptedException {
    run(levels(1, 5), store, Phase.COARSE);
    run(levels(1, 5), store, Phase.FINE);
    assertThat(store.history().trials(Phase.FINE, 2)).isEmpty();
    ScriptedExecutor executor = new ScriptedExecutor(3);
    new Study(levels(2, 5).definition(), store, executor, heard).run(Phase.FINE);
    assertThat(executor.submitted()).hasSize(5);
    int writes = store.writes();
    run(levels(2, 5), store, Phase.FINE);
    assertThat(store.writes()).isEqualTo(writes);
  }

  @Test
  void aDriverThatDiesInAnyLevelGoesOnToTheSameTable() throws InterruptedException {
    MemoryTrialStore undisturbed = new MemoryTrialStore();
    for (Phase phase : Phase.values()) {
      run(levels(2, 3), undisturbed, phase);
    }
    for (int write = 14; write < undisturbed.writes(); write++) {
      MemoryTrialStore shaky = new MemoryTrialStore();
      shaky.crashAfter(write);
      assertThatThrownBy(
              () -> {
                for (Phase phase : Phase.values()) {
                  run(levels(2, 3), shaky, phase);
                }
              })
          .isInstanceOf(MemoryTrialStore.Crash.class);
      for (Phase phase : Phase.values()) {
        run(levels(2, 3), shaky, phase);
      }
      assertThat(shaky.table()).as("write %s", write).isEqualTo(undisturbed.table());
    }
  }

  @Test
  void movedBoxesOfAFurtherLevelAreRefusedAndOfferedAsTheNext() throws InterruptedException {
    run(levels(2, 3), store, Phase.COARSE);
    run(levels(2, 3), store, Phase.FINE);
    Studies more = levels(2, 60);
    assertThatThrownBy(() -> run(more, store, Phase.FINE))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("fine level 2", "  box.0: ", "as level 3: fine --next-level.");
    Study study = new Study(more.definition(), store, new ScriptedExecutor(1), heard);
    assertThat(study.runNextLevel()).isEqualTo(Ending.DONE);
    assertThat(store.history().trials(Phase.FINE, 3)).hasSize(60);
    assertThat(record(3).identity()).containsEntry("box.parent", "fine level 1");
    int writes = store.writes();
    run(more, store, Phase.FINE);
    assertThat(store.writes()).isEqualTo(writes);
  }

  @Test
  void aLevelThatHasNotFinishedIsNotPickedFrom() throws InterruptedException {
    run(levels(1, 5), store, Phase.COARSE);
    run(levels(1, 5), store, Phase.FINE);
    Study study = run(levels(2, 5), store, Phase.FINAL);
    assertThat(study.picks()).extracting(Selection::source).isEqualTo("fine level 1");
    assertThat(heard.notes)
        .contains(
            "fine level 2 has not finished: final picks from fine level 1 (run fine first to pick from it)");
  }

  @Test
  void theBestOfALevelAtTheEdgeOfTheWholeAxisIsWarnedOf() throws InterruptedException {
    ScriptedExecutor downhill =
        new ScriptedExecutor(
            1,
            2,
            trial ->
                ScriptedExecutor.done(
                    0.5 - Double.parseDouble(trial.settings().settings().get(LAMBDA))));
    Study study = new Study(levels(1, 40).definition(), store, downhill, heard);
    study.run(Phase.COARSE);
    study.run(Phase.FINE);
    assertThat(heard.notes)
        .anyMatch(
            note ->
                note.matches(
                    "the best of fine level 1 lies at the lower edge of lambda \\(.* in log10 = \\[-5, -1\\]\\): a wider range to try is log10 = \\[-7, -1\\]"));
  }

  private PhaseRow record(int level) {
    return Objects.requireNonNull(store.history().find(Phase.FINE, level));
  }

  private Study run(Studies studies, MemoryTrialStore table, Phase phase)
      throws InterruptedException {
    Study study = new Study(studies.definition(), table, new ScriptedExecutor(1), heard);
    study.run(phase);
    return study;
  }

  private static Studies levels(int levels, int configurations) {
    return Studies.small()
        .withFine(
            new FineSpec(
                2,
                new Zoom.Boxes(0.25, true),
                SamplerKind.RANDOM,
                configurations,
                1,
                0,
                null,
                List.of(),
                levels));
  }

  private static LeaderboardRow ranked(String lambda) {
    return new LeaderboardRow(
        1, "id", "done", 1, 0.5, null, 0, java.util.Map.of(LAMBDA, lambda, ETA, "0.1"));
  }
}
