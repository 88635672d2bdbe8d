package dev.sieve.search;

import static dev.sieve.search.Studies.LAMBDA;
import static dev.sieve.search.Studies.WIDTH;
import static dev.sieve.search.Studies.log;
import static dev.sieve.search.Studies.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.search.Study.Ending;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.RungSpec;
import dev.sieve.search.definition.RungSpec.Type;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.plan.Preview;
import dev.sieve.search.plan.RungPreview;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phases with rungs decide the same wherever outcomes come from, and after any crash. */
class RungStudyTest extends CoarseRuns {
  /** Two shapes, so that trials of one rung do not end at one virtual time. */
  private static final Space SPACE =
      new Space(List.of(log("lambda", LAMBDA, -5, -1, 9), values("hidden", WIDTH, 3, 5)));

  @ParameterizedTest
  @CsvSource({
    "HALVING, GRID, 1",
    "HALVING, RANDOM, 2",
    "HALVING, TPE, 1",
    "HYPERBAND, SOBOL, 1",
    "HYPERBAND, GP, 1",
    "ASHA, RANDOM_GRID, 1",
    "ASHA, SOBOL, 2",
    "ASHA, TPE, 1"
  })
  void arrivalAndPlacesChangeNothing(Type type, SamplerKind kind, int replicates)
      throws InterruptedException {
    Studies studies = study(type, kind, replicates);
    Map<String, String> expected = table(studies, new ScriptedExecutor(0, 2, RungStudyTest::done));
    assertThat(expected.values().stream().filter(row -> row.contains("PAUSED"))).isNotEmpty();
    assertThat(expected.values().stream().filter(row -> row.contains("DONE"))).isNotEmpty();
    for (int order = 1; order <= 3; order++) {
      ScriptedExecutor executor = new ScriptedExecutor(order, order, RungStudyTest::done);
      SearchSettings settings = new SearchSettings(3, order % 2, order, 0, Duration.ofMinutes(1));
      assertThat(table(studies.withSearch(settings), executor.dawdling())).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HALVING, GRID, 1",
    "HALVING, TPE, 2",
    "HYPERBAND, SOBOL, 1",
    "ASHA, RANDOM, 1",
    "ASHA, TPE, 1"
  })
  void aDriverThatDiesAtAnyWriteGoesOnToTheSameTable(Type type, SamplerKind kind, int replicates)
      throws InterruptedException {
    Studies studies = study(type, kind, replicates);
    MemoryTrialStore undisturbed = new MemoryTrialStore();
    run(studies, undisturbed, new ScriptedExecutor(9, 2, RungStudyTest::done));
    for (int write = 0; write < undisturbed.writes(); write++) {
      for (boolean durable : new boolean[] {false, true}) {
        MemoryTrialStore shaky = new MemoryTrialStore();
        if (durable) {
          shaky.crashAfter(write);
        } else {
          shaky.crashBefore(write);
        }
        Set<TrialKey> disk = new HashSet<>();
        ScriptedExecutor first = new ScriptedExecutor(3, 2, RungStudyTest::done).on(disk);
        ScriptedExecutor second = new ScriptedExecutor(4, 2, RungStudyTest::done).on(disk);
        assertThatThrownBy(() -> run(studies, shaky, first))
            .isInstanceOf(MemoryTrialStore.Crash.class);
        Set<TrialKey> rows = keys(shaky.history().rungs(Phase.COARSE, 0));
        assertThat(run(studies, shaky, second)).isEqualTo(Ending.DONE);
        assertThat(shaky.table()).as("write %s", write).isEqualTo(undisturbed.table());
        assertThat(disk).isEmpty();
        assertThat(trials(second)).noneMatch(trial -> rows.contains(trial.key()));
      }
    }
  }

  @Test
  void theBestGoOnByTheMeanOfTheirReplicates() throws InterruptedException {
    MemoryTrialStore store = new MemoryTrialStore();
    Set<TrialKey> disk = new HashSet<>();
    run(
        study(Type.HALVING, SamplerKind.GRID, 2),
        store,
        new ScriptedExecutor(1, 2, RungStudyTest::done).on(disk));
    assertThat(disk).isEmpty();
    List<TrialRow> rows = store.history().rungs(Phase.COARSE, 0);
    assertThat(rungs(rows)).containsExactlyInAnyOrderEntriesOf(Map.of(0, 36L, 1, 12L, 2, 4L));
    for (int rung = 0; rung < 2; rung++) {
      Map<String, Double> means = means(rows, rung);
      Set<String> above = means(rows, rung + 1).keySet();
      double worstAbove = above.stream().mapToDouble(means::get).min().orElseThrow();
      means.keySet().removeAll(above);
      assertThat(means.values()).allMatch(mean -> mean < worstAbove);
    }
    for (TrialRow row : rows) {
      boolean highest = store.history().trials(Phase.COARSE, 0).contains(row);
      boolean last = row.key().rung() == 2;
      assertThat(row.status())
          .isEqualTo(!highest ? Status.PAUSED : last ? Status.DONE : Status.PRUNED);
    }
    assertThat(store.history().trials(Phase.COARSE, 0))
        .extracting(TrialRow::ordinal)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, 36).mapToObj(i -> (int) i).toList());
  }

  @Test
  void survivorsAreTrainedSideBySide() throws InterruptedException {
    Space one = new Space(List.of(log("lambda", LAMBDA, -5, -1, 9)));
    Studies studies =
        study(Type.HALVING, SamplerKind.GRID, 1)
            .withCoarse(new CoarseSpec(SamplerKind.GRID, 0, 1, one))
            .withSearch(new SearchSettings(1, 0, 9, 0, Duration.ofMinutes(1)));
    ScriptedExecutor executor = new ScriptedExecutor(1, 1, RungStudyTest::done);
    run(studies, new MemoryTrialStore(), executor);
    assertThat(executor.submitted()).extracting(TrialGroup::size).containsExactly(9, 3, 1);
    assertThat(executor.submitted())
        .extracting(group -> group.first().stage().from())
        .containsExactly(0L, 10L, 30L);
  }

  @Test
  void whatDivergesOrFailsNeverGoesOn() throws InterruptedException {
    MemoryTrialStore store = new MemoryTrialStore();
    Studies studies = study(Type.HALVING, SamplerKind.GRID, 2);
    ScriptedExecutor rough =
        new ScriptedExecutor(
            1,
            2,
            trial ->
                switch (trial.ordinal() % 5) {
                  case 1 -> TrialResult.failed(Status.DIVERGED, "");
                  case 3 -> TrialResult.failed(Status.FAILED, "failed");
                  default -> done(trial);
                });
    assertThat(run(studies, store, rough)).isEqualTo(Ending.DONE);
    Map<String, Set<Status>> statuses =
        store.history().trials(Phase.COARSE, 0).stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.key().configuration(),
                    Collectors.mapping(TrialRow::status, Collectors.toSet())));
    assertThat(statuses.values()).noneMatch(of -> of.contains(Status.PAUSED));
    assertThat(statuses.values())
        .filteredOn(of -> of.contains(Status.DONE))
        .hasSize(2)
        .allMatch(of -> of.size() == 1);
    int writes = store.writes();
    run(studies, store, new ScriptedExecutor(2));
    assertThat(store.writes()).isEqualTo(writes);
    assertThat(heard.notes).contains("coarse has nothing left to run: all 36 trials have a result");
  }

  @Test
  void fineZoomsInOnWhatIsDoneAndHasRungsToo() throws InterruptedException {
    Studies studies = study(Type.HALVING, SamplerKind.SOBOL, 1);
    MemoryTrialStore store = new MemoryTrialStore();
    Study study = new Study(studies.definition(), store, executor(1), heard);
    assertThat(study.run(Phase.COARSE)).isEqualTo(Ending.DONE);
    Set<String> done =
        store.history().trials(Phase.COARSE, 0).stream()
            .filter(row -> row.status() == Status.DONE)
            .map(row -> row.key().configuration())
            .collect(Collectors.toSet());
    assertThat(done).hasSize(2);
    assertThat(study.run(Phase.FINE)).isEqualTo(Ending.DONE);
    assertThat(Objects.requireNonNull(study.picks()).configurations())
        .extracting(picked -> picked.id())
        .containsExactlyInAnyOrderElementsOf(done);
    assertThat(heard.notes).anyMatch(note -> note.startsWith("fine.top is 3, but only 2"));
    assertThat(store.history().trials(Phase.FINE, 1))
        .extracting(TrialRow::status)
        .containsOnlyOnce(Status.DONE)
        .contains(Status.PRUNED)
        .hasSize(5);
    assertThat(study.run(Phase.FINAL)).isEqualTo(Ending.DONE);
  }

  @Test
  void whoSurvivesDependsOnAllSoNothingMayBeAdded() throws InterruptedException {
    MemoryTrialStore store = new MemoryTrialStore();
    run(study(Type.ASHA, SamplerKind.SOBOL, 1), store, executor(1));
    Studies more =
        study(Type.ASHA, SamplerKind.SOBOL, 2)
            .withCoarse(new CoarseSpec(SamplerKind.SOBOL, 20, 2, SPACE))
            .withRungs(new RungSpec(Type.HALVING, List.of(1, 3), List.of(9, 3), 3))
            .withSearch(new SearchSettings(5, 0, 0, 0, Duration.ofMinutes(1)));
    assertThatThrownBy(() -> run(more, store, executor(1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("  configurations: 18 → 20\n")
        .hasMessageContaining("  replicates: 1 → 2\n")
        .hasMessageContaining("  rungs.keep: (none) → [9, 3]\n")
        .hasMessageContaining("  rungs.reduction: 3 → (none)\n")
        .hasMessageContaining("  rungs.type: asha → halving\n")
        .hasMessageContaining("  search.parallel: 3 → (none)\n")
        .hasMessageNotContaining("rungs.at");
    assertThatThrownBy(() -> run(more.withRungs(null), store, executor(1)))
        .hasMessageContaining("  rungs.at: [1, 3] → (none)\n");
  }

  @Test
  void thePreviewCountsRungs() throws InterruptedException {
    for (SamplerKind kind : List.of(SamplerKind.SOBOL, SamplerKind.TPE)) {
      for (Type type : Type.values()) {
        StudyDefinition definition = study(type, kind, 2).definition();
        MemoryTrialStore store = new MemoryTrialStore();
        RungPreview rungs =
            Objects.requireNonNull(RungPreview.of(definition, store.history(), Phase.COARSE));
        Preview preview = Preview.of(definition, store.history(), Phase.COARSE, 1).get(0);
        assertThat(rungs.epochsWithout()).isEqualTo(2 * 18 * 4);
        assertThat(rungs.epochs()).isEqualTo(preview.epochs());
        assertThat(preview.steps()).isEqualTo(10 * preview.epochs());
        assertThat(rungs.rungs()).extracting(RungPreview.Rung::epoch).containsExactly(1L, 3L, 4L);
        if (type == Type.HYPERBAND) {
          // Brackets of 9, 5 and 3, then the first again with one.
          assertThat(rungs.rungs())
              .extracting(RungPreview.Rung::trials)
              .containsExactly(2 * 10, 2 * (5 + 3 + 1), 2 * (3 + 1 + 1 + 1));
        } else {
          assertThat(rungs.rungs())
              .extracting(RungPreview.Rung::trials)
              .containsExactly(2 * 18, 2 * 6, 2 * 2);
          assertThat(rungs.epochs()).isEqualTo(2 * (18 + 6 * 2 + 2));
        }
        new Study(definition, store, executor(1), heard).run(Phase.COARSE);
        Preview after = Preview.of(definition, store.history(), Phase.COARSE, 1).get(0);
        assertThat(after.finished()).isEqualTo(after.trials());
        if (type != Type.ASHA) {
          assertThat(after.epochs()).isEqualTo(preview.epochs());
        }
      }
    }
    assertThat(
            RungPreview.of(
                Studies.small().definition(), new MemoryTrialStore().history(), Phase.COARSE))
        .isNull();
  }

  @Test
  void equalBudgetsAreNeededForComparisons() {
    Space lengths =
        new Space(List.of(log("lambda", LAMBDA, -5, -1, 3), values("e", Studies.EPOCHS, 3, 4)));
    Studies studies =
        study(Type.HALVING, SamplerKind.GRID, 1)
            .withCoarse(new CoarseSpec(SamplerKind.GRID, 0, 1, lengths));
    assertThatThrownBy(() -> run(studies, new MemoryTrialStore(), executor(1)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "coarse.rungs must be as many in every configuration, but a budget of 3 epochs has 2 and another has 3; give all the same");
  }

  static Studies study(Type type, SamplerKind kind, int replicates) {
    return Studies.small()
        .withCoarse(new CoarseSpec(kind, kind.counted() ? 18 : 0, replicates, SPACE))
        .withRungs(new RungSpec(type, List.of(1, 3), List.of(), 3))
        .withSearch(new SearchSettings(3, 0, 0, 0, Duration.ofMinutes(1)));
  }

  private static TrialResult done(Trial trial) {
    return ScriptedExecutor.done(ScriptedExecutor.climbing(trial));
  }

  static ScriptedExecutor executor(long order) {
    return new ScriptedExecutor(order, 2, RungStudyTest::done);
  }

  private static List<Trial> trials(ScriptedExecutor executor) {
    return executor.submitted().stream().flatMap(group -> group.trials().stream()).toList();
  }

  private static Set<TrialKey> keys(List<TrialRow> rows) {
    return rows.stream().map(TrialRow::key).collect(Collectors.toSet());
  }

  static Map<Integer, Long> rungs(List<TrialRow> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(row -> row.key().rung(), Collectors.counting()));
  }

  private static Map<String, Double> means(List<TrialRow> rows, int rung) {
    return new HashMap<>(
        rows.stream()
            .filter(row -> row.key().rung() == rung)
            .collect(
                Collectors.groupingBy(
                    row -> row.key().configuration(),
                    Collectors.averagingDouble(
                        row -> Objects.requireNonNull(row.validationAccuracy())))));
  }
}
