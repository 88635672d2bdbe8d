package dev.sieve.search.plan;

import static dev.sieve.search.Studies.ETA;
import static dev.sieve.search.Studies.LAMBDA;
import static dev.sieve.search.Studies.log;
import static dev.sieve.search.Studies.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.search.MemoryTrialStore;
import dev.sieve.search.ScriptedExecutor;
import dev.sieve.search.Studies;
import dev.sieve.search.Studies.Heard;
import dev.sieve.search.Study;
import dev.sieve.search.definition.Budget;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FinalSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.search.definition.Zoom;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.results.TrialStore;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final MemoryTrialStore store = new MemoryTrialStore();
  private final Heard heard = new Heard();
  private final Studies studies = Studies.small();

  @Test
  void anExtendedStudyIsTheWholeOneButForOrdinals() throws InterruptedException {
    Studies first = random(4, 1);
    Studies more = random(7, 3);
    run(first, store, Phase.COARSE);
    run(more, store, Phase.COARSE);
    MemoryTrialStore whole = new MemoryTrialStore();
    run(more, whole, Phase.COARSE);
    assertThat(store.tableWithoutOrdinals()).isEqualTo(whole.tableWithoutOrdinals()).hasSize(21);
    assertThat(store.history().trials(Phase.COARSE, 0).stream().map(TrialRow::ordinal).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 21).boxed().toList());
  }

  @Test
  void pointsValuesCountsAndReplicatesAreNoPartOfThePlan() throws InterruptedException {
    Space space = new Space(List.of(log("lambda", LAMBDA, -5, -1, 3), values("eta", ETA, .1, .2)));
    Space wider =
        new Space(List.of(log("lambda", LAMBDA, -5, -1, 5), values("eta", ETA, .01, .1, .2)));
    run(studies.withCoarse(new CoarseSpec(SamplerKind.GRID, 0, 1, space)), store, Phase.COARSE);
    run(studies.withCoarse(new CoarseSpec(SamplerKind.GRID, 0, 2, wider)), store, Phase.COARSE);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(30);
    assertThat(heard.plans.get(0).hash()).isEqualTo(heard.plans.get(1).hash());
    assertThat(heard.plans.get(1).identity())
        .containsEntry("space." + LAMBDA, "log10 = [-5, -1]")
        .containsEntry("space." + ETA, "values")
        .containsEntry("training.batch-size", "100")
        .containsEntry("numerics", "1")
        .doesNotContainKeys(LAMBDA, ETA);
  }

  @Test
  void aFinishedStudyTakesMoreReplicatesAndRunsOnlyWhatIsNew() throws InterruptedException {
    FineSpec one = Objects.requireNonNull(studies.fine());
    for (Phase phase : Phase.values()) {
      run(studies, store, phase);
    }
    Studies more =
        studies
            .withFine(new FineSpec(one.top(), one.zoom(), one.sampler(), 7, 3, one.points(), null))
            .withLast(new FinalSpec(1, 6, null, null));
    ScriptedExecutor executor = new ScriptedExecutor(2);
    Study study = new Study(more.definition(), store, executor, heard);
    // First final alone: more replicates of the pick that it has.
    study.run(Phase.FINAL);
    assertThat(executor.submitted()).hasSize(4);
    assertThat(store.history().trials(Phase.FINAL, 0)).hasSize(6);
    study.run(Phase.FINE);
    assertThat(executor.submitted()).hasSize(4 + 16);
    MemoryTrialStore whole = new MemoryTrialStore();
    run(more, whole, Phase.COARSE);
    run(more, whole, Phase.FINE);
    assertThat(store.history().trials(Phase.FINE, 1))
        .extracting(TrialRow::key)
        .containsExactlyInAnyOrderElementsOf(
            whole.history().trials(Phase.FINE, 1).stream().map(TrialRow::key).toList());
  }

  @Test
  void ordinalsOfTrialsWithARowAreKept() throws InterruptedException {
    run(random(2, 1), store, Phase.COARSE);
    run(random(2, 2), store, Phase.COARSE);
    List<TrialRow> rows =
        store.history().trials(Phase.COARSE, 0).stream()
            .sorted(Comparator.comparingInt(TrialRow::ordinal))
            .toList();
    assertThat(rows).extracting(row -> row.key().replicate()).containsExactly(0, 0, 1, 1);
  }

  @Test
  void aChangedPlanIsRefusedWithItsDiffThereAndAfter() throws InterruptedException {
    run(studies, store, Phase.COARSE);
    Space moved = new Space(List.of(log("lambda", LAMBDA, -6, -1, 3), log("eta", ETA, -2, -1, 2)));
    Studies changed =
        studies.withBatchSize(50).withCoarse(new CoarseSpec(SamplerKind.GRID, 0, 2, moved));
    int writes = store.writes();
    for (Phase phase : Phase.values()) {
      assertThatThrownBy(() -> run(changed, store, phase))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "a phase that has begun must keep its plan, but for coarse of study small the file and the table differ:\n"
                  + "  space.training.lambda: log10 = [-5, -1] → log10 = [-6, -1]\n"
                  + "  training.batch-size: 100 → 50\n"
                  + "Undo the change, or give the study another name (study.name).");
    }
    assertThat(store.writes()).isEqualTo(writes);
  }

  @Test
  void changedDataAreRefusedWithThePartsThatChanged() throws InterruptedException {
    Map<String, String> parts = new TreeMap<>(Map.of("rows", "9 + 3", "column.age", "numbers, 1"));
    runOn("0123", parts);
    runOn("0123", parts);
    parts.put("column.age", "numbers, 2");
    assertThatThrownBy(() -> runOn("0456", parts))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "differ:\n"
                + "  data.fingerprint: 0123 → 0456\n"
                + "  data.part.column.age: numbers, 1 → numbers, 2\n"
                + "Undo");
    for (int i = 0; i < 20; i++) {
      parts.put("column.x" + i, "new");
    }
    assertThatThrownBy(() -> runOn("0456", parts))
        .hasMessageContaining("  data.part.column.x0: (none) → new\n")
        .hasMessageContaining("\n  and 9 parts of the data more\n");
  }

  @Test
  void aPlanWithoutPartsOfItsDataGoesOn() throws InterruptedException {
    runOn("0123", Map.of());
    runOn("0123", Map.of("rows", "9 + 3"));
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(12);
    assertThatThrownBy(() -> runOn("0456", Map.of("rows", "9 + 3")))
        .hasMessageContaining("  data.fingerprint: 0123 → 0456\nUndo");
  }

  private void runOn(String fingerprint, Map<String, String> parts) throws InterruptedException {
    new Study(studies.definition(fingerprint, parts), store, new ScriptedExecutor(1), heard)
        .run(Phase.COARSE);
  }

  @Test
  void fineNeedsAFinishedCoarse() throws InterruptedException {
    assertThatThrownBy(() -> run(studies, store, Phase.FINE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "fine needs a finished coarse phase, but study small has none: run coarse first");
    store.crashBefore(5);
    assertThatThrownBy(() -> run(studies, store, Phase.COARSE))
        .isInstanceOf(MemoryTrialStore.Crash.class);
    assertThatThrownBy(() -> run(studies, store, Phase.FINE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("8 of 12 trials of coarse in study small have no result yet");
    assertThatThrownBy(() -> run(studies, store, Phase.FINAL))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("final needs a finished search phase, but study small has none");
  }

  @Test
  void movedBoxesAreTheNextLevelIfAskedFor() throws InterruptedException {
    Studies few = random(4, 1);
    run(few, store, Phase.COARSE);
    run(few, store, Phase.FINE);
    Studies more = random(40, 1);
    run(more, store, Phase.COARSE);
    assertThatThrownBy(() -> run(more, store, Phase.FINE))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("fine level 1", "  box.0: ", "as level 2: fine --next-level.");
    Study study = new Study(more.definition(), store, new ScriptedExecutor(1), heard);
    study.runNextLevel();
    assertThat(store.history().trials(Phase.FINE, 2)).hasSize(5);
    assertThat(store.history().trials(Phase.FINE, 1)).hasSize(5);
    int writes = store.writes();
    study.runNextLevel();
    run(more, store, Phase.FINE);
    assertThat(store.writes()).isEqualTo(writes);
    study.run(Phase.FINAL);
    assertThat(study.picks()).extracting(Selection::source).isEqualTo("fine level 2");
  }

  @Test
  void fineBoxesNameTheirParentsAndItsTrialsLieInThem() throws InterruptedException {
    run(studies, store, Phase.COARSE);
    run(studies, store, Phase.FINE);
    LeaderboardRow best = store.history().leaderboard(Phase.COARSE, 0).get(0);
    PhasePlan plan = heard.plans.get(1);
    assertThat(plan.box().lines().findFirst().orElse(""))
        .contains("training.lambda log10 = [")
        .endsWith("around coarse trial %s (%s)".formatted(best.trial(), best.configuration()));
    assertThat(plan.identity()).containsKeys("box.0", "box.1", "box.2").doesNotContainKey("box.3");
    assertThat(heard.notes).anyMatch(note -> note.contains("ORDER BY rank"));
  }

  @Test
  void fineTakesGridsOfBoxesOneRangeOrASpaceOfItsOwn() throws InterruptedException {
    run(studies, store, Phase.COARSE);
    Zoom range = new Zoom.Range(0.1, true);
    FineSpec grid = new FineSpec(2, range, SamplerKind.GRID, 0, 1, 3, null);
    MemoryTrialStore copy = new MemoryTrialStore();
    run(studies.withFine(grid), copy, Phase.COARSE);
    run(studies.withFine(grid), copy, Phase.FINE);
    assertThat(copy.history().trials(Phase.FINE, 1).size()).isBetween(3, 9);
    Space own = new Space(List.of(log("lambda", LAMBDA, -3, -2, 0)));
    FineSpec explicit = new FineSpec(2, range, SamplerKind.GRID, 0, 1, 4, own);
    MemoryTrialStore empty = new MemoryTrialStore();
    run(studies.withFine(explicit), empty, Phase.FINE);
    assertThat(empty.history().trials(Phase.FINE, 1)).hasSize(4);
    run(studies.withFine(explicit), empty, Phase.FINAL);
    assertThat(empty.history().trials(Phase.FINAL, 0)).hasSize(2);
  }

  @Test
  void finalTrainsWhatItIsTold() throws InterruptedException {
    run(studies, store, Phase.COARSE);
    run(studies, store, Phase.FINE);
    TrialRow third = store.history().trials(Phase.FINE, 1).get(2);
    Studies named = studies.withLast(new FinalSpec(1, 3, third.ordinal(), null));
    assertThat(
            new Study(named.definition(), store, new ScriptedExecutor(1), heard)
                .preview(Phase.FINAL)
                .get(0)
                .trials())
        .isEqualTo(3);
    run(named, store, Phase.FINAL);
    assertThat(store.history().trials(Phase.FINAL, 0))
        .hasSize(3)
        .allMatch(row -> row.key().configuration().equals(third.key().configuration()));
    assertThatThrownBy(
            () -> run(studies.withLast(new FinalSpec(1, 1, 99, null)), store, Phase.FINAL))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must name a trial of fine level 1, but got 99 and it has 0 … 4");

    TreeMap<String, AxisValue> values = new TreeMap<>();
    values.put(LAMBDA, new AxisValue.Number(0.004));
    Configuration explicit = new Configuration(values);
    MemoryTrialStore empty = new MemoryTrialStore();
    run(studies.withLast(new FinalSpec(1, 2, null, explicit)), empty, Phase.FINAL);
    assertThat(empty.history().trials(Phase.FINAL, 0))
        .hasSize(2)
        .allMatch(row -> "0.004".equals(row.settings().get(LAMBDA)));
  }

  @Test
  void finalSaysWhereItPicksFromAndWithWhichQuery() throws InterruptedException {
    Studies top = studies.withLast(new FinalSpec(9, 1, null, null));
    run(top, store, Phase.COARSE);
    run(top, store, Phase.FINAL);
    assertThat(heard.notes)
        .contains(
            "fine level 1 has not finished: final picks from coarse (run fine first to pick from it)",
            "final.top is 9, but only 6 configurations of coarse have all replicates done: final trains these",
            "picked by the first rows with status 'done' of: "
                + store.history().leaderboardSql(Phase.COARSE, 0))
        .anyMatch(note -> note.startsWith("final trains trial "));
    assertThat(store.history().trials(Phase.FINAL, 0)).hasSize(6);
  }

  @Test
  void extraPointsComeFirstAndOnTop() throws InterruptedException {
    TreeMap<String, AxisValue> values = new TreeMap<>();
    values.put(LAMBDA, new AxisValue.Number(0.004));
    values.put(ETA, new AxisValue.Number(0.05));
    Configuration extra = new Configuration(values);
    CoarseSpec spec = Objects.requireNonNull(random(5, 1).coarse());
    for (SamplerKind kind : SamplerKind.values()) {
      int count = kind.counted() ? 5 : 0;
      Studies more =
          studies.withCoarse(new CoarseSpec(kind, count, 1, spec.space(), List.of(extra)));
      MemoryTrialStore table = new MemoryTrialStore();
      run(more, table, Phase.COARSE);
      assertThat(table.history().trials(Phase.COARSE, 0))
          .hasSize(kind.counted() ? 6 : 7)
          .filteredOn(row -> row.ordinal() == 0)
          .allMatch(row -> row.key().configuration().equals(extra.id()));
    }
  }

  @Test
  void aSpaceThatIsUsedUpIsTold() throws InterruptedException {
    Space three = new Space(List.of(values("lambda", LAMBDA, 0.1, 0.2, 0.3)));
    run(studies.withCoarse(new CoarseSpec(SamplerKind.RANDOM, 9, 1, three)), store, Phase.COARSE);
    assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(3);
    assertThat(heard.notes)
        .contains(
            "coarse asks for 9 configurations, but its space holds only 3 different ones: these are run");
  }

  @Test
  void everyBadConfigurationIsToldAtOnce() {
    Space bad = new Space(List.of(values("lambda", LAMBDA, -0.1, 0.1, -0.2)));
    Studies wrong = studies.withCoarse(new CoarseSpec(SamplerKind.GRID, 0, 1, bad));
    assertThatThrownBy(() -> run(wrong, store, Phase.COARSE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "training.lambda >= 0 must hold, but got -0.1\ntraining.lambda >= 0 must hold, but got -0.2");
    assertThat(store.writes()).isZero();
  }

  @Test
  void previewCountsWithoutRunning() throws InterruptedException {
    Preview coarse = preview(Phase.COARSE);
    assertThat(coarse.name()).isEqualTo("coarse");
    assertThat(coarse.estimated()).isFalse();
    assertThat(coarse.trials()).isEqualTo(12);
    assertThat(coarse.finished()).isZero();
    assertThat(coarse.groups()).isEqualTo(12);
    assertThat(coarse.waves()).isEqualTo(6);
    assertThat(coarse.epochs()).isEqualTo(12);
    assertThat(coarse.steps()).isEqualTo(120);
    assertThat(coarse.flops()).isEqualTo(12_000 * 84.0);
    assertThat(coarse.evaluationFlops(0)).isPositive();
    assertThat(coarse.seconds(group -> 3 * group.size())).isEqualTo(18);
    Preview fine = preview(Phase.FINE);
    assertThat(fine.estimated()).isTrue();
    assertThat(fine.trials()).isEqualTo(5);
    Preview last = preview(Phase.FINAL);
    assertThat(last.trials()).isEqualTo(2);
    assertThat(last.epochs()).isEqualTo(4);
    run(studies, store, Phase.COARSE);
    assertThat(preview(Phase.COARSE).finished()).isEqualTo(12);
    assertThat(preview(Phase.COARSE).groups()).isZero();
    assertThat(preview(Phase.FINE).estimated()).isFalse();
  }

  @Test
  void previewCountsLevelsBudgetsAndTurns() {
    FineSpec two =
        new FineSpec(
            3, new Zoom.Boxes(0.25, true), SamplerKind.RANDOM, 5, 2, 0, null, List.of(), 2);
    Studies levels = studies.withFine(two).withBudget(Phase.FINE, new Budget(7, null, null, null));
    List<Preview> both = Preview.of(levels.definition(), store.history(), Phase.FINE, 2);
    assertThat(both).extracting(Preview::name).containsExactly("fine level 1", "fine level 2");
    assertThat(both).extracting(Preview::trials).containsExactly(6, 6);

    CoarseSpec spec = Objects.requireNonNull(studies.coarse());
    Studies adaptive = studies.withCoarse(new CoarseSpec(SamplerKind.TPE, 5, 2, spec.space()));
    Preview turns = Preview.of(adaptive.definition(), store.history(), Phase.COARSE, 8).get(0);
    // Ten trials, four side by side, though there are eight places.
    assertThat(turns.turns()).extracting(List::size).containsExactly(4, 4, 2);
    assertThat(turns.waves()).isEqualTo(3);
    assertThat(turns.seconds(group -> 1)).isEqualTo(3);
  }

  @Test
  void previewOfMemoryGrowsWithTheGroup() {
    SearchSettings six = new SearchSettings(4, 0, 6, 0, Duration.ofMinutes(1));
    Preview alone = preview(Phase.COARSE);
    Preview fused =
        Preview.of(studies.withSearch(six).definition(), store.history(), Phase.COARSE, 2).get(0);
    // 4 inputs, 3 hidden, 2 classes: 9 × 3 + 8 × 2 parameters, twice; three times 5 × 100 values.
    long network = 2 * 43 + 1500;
    assertThat(alone.taskBytes(8)).isEqualTo(8 * (400 + network));
    assertThat(fused.taskBytes(4)).isEqualTo(4 * (400 + 6 * network));
  }

  private Preview preview(Phase phase) {
    return Preview.of(studies.definition(), store.history(), phase, 2).get(0);
  }

  private Studies random(int configurations, int replicates) {
    CoarseSpec spec = Objects.requireNonNull(studies.coarse());
    return studies.withCoarse(
        new CoarseSpec(SamplerKind.RANDOM, configurations, replicates, spec.space()));
  }

  private void run(Studies studies, TrialStore table, Phase phase) throws InterruptedException {
    new Study(studies.definition(), table, new ScriptedExecutor(1), heard).run(phase);
  }
}
