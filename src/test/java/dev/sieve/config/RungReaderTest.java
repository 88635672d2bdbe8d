package dev.sieve.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.search.definition.RungSpec;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Schedule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says of rungs and of cycles of different lengths. */
class RungReaderTest {
  @TempDir private Path folder;

  @Test
  void withoutWordOfThemThereAreNone() {
    Experiment study = StudyFile.defaults();
    assertThat(study.rungs(Phase.COARSE)).isNull();
    assertThat(study.rungs(Phase.FINE)).isNull();
    assertThat(study.rungs(Phase.FINAL)).isNull();
    assertThat(study.text()).contains("coarse.rungs.type = none").doesNotContain("rungs.at");
  }

  @Test
  void eachPhaseHasItsOwn() {
    StudyFile file =
        StudyFile.of(
            folder,
            "coarse { rungs { type = halving, at = [2, 10], keep = [6, 2] } }",
            "fine { rungs { type = asha, reduction = 4 } }");
    Experiment study = file.load();
    assertThat(study.rungs(Phase.COARSE))
        .isEqualTo(new RungSpec(RungSpec.Type.HALVING, List.of(2, 10), List.of(6, 2), 3));
    assertThat(study.rungs(Phase.FINE))
        .isEqualTo(new RungSpec(RungSpec.Type.ASHA, List.of(), List.of(), 4));
    assertThat(study.text())
        .contains("coarse.rungs.at = [2,10]", "coarse.rungs.keep = [6,2]")
        .contains("fine.rungs.at = auto", "fine.rungs.reduction = 4")
        .doesNotContain("coarse.rungs.reduction");
    Experiment again = StudyFile.of(folder, study.text()).load();
    assertThat(again.rungs(Phase.COARSE)).isEqualTo(study.rungs(Phase.COARSE));
    assertThat(again.text()).isEqualTo(study.text());
  }

  @Test
  void allMistakesAreToldAtOnce() {
    assertThat(
            StudyFile.of(
                    folder,
                    "coarse {",
                    "  sampler = sobol, configurations = 9",
                    "  rungs { type = halving,",
                    "    keep = [9, 4, 2],",
                    "    reduction = 4 }",
                    "  space { lambda { log10 = [-5, -1] },",
                    "    \"training.schedule.cycles\" { integer = [1, 3] } } }",
                    "fine { rungs {",
                    "  at = [2, 3] } }")
                .refusal())
        .contains("the configuration has 4 problems:")
        .contains(
            "study.conf:4: coarse.rungs.keep must begin with fewer than the 9 configurations there are, but got 9; lower it")
        .contains(
            "study.conf:5: coarse.rungs.reduction must not stand beside coarse.rungs.keep, which says how many go on, but got 4; remove it")
        .contains(
            "study.conf:7: trials must be of one length to be compared at rungs, but training.schedule.cycles is an axis; remove the axis or set coarse.rungs.type = none")
        .contains(
            "study.conf:9: fine.rungs.at needs fine.rungs.type = halving, hyperband or asha to have an effect, but got [2,3]; remove it");
  }

  @Test
  void rungsMustFitTheBudget() {
    assertThat(refusal("halving", "at = [2, 21]"))
        .isEqualTo(
            "study.conf:2: coarse.rungs.at must lie within the budget of 20 epochs, but got [2, 21]");
    assertThat(refusal("hyperband", "at = [10, 2]"))
        .isEqualTo("study.conf:2: coarse.rungs.at must increase, but got [10, 2]");
    assertThat(refusal("halving", "keep = [9, 4]"))
        .contains("study.conf:2: coarse.rungs.keep must say for each of the 1 rungs before");
    assertThat(refusal("asha", "keep = [9]"))
        .contains("coarse.rungs.keep needs coarse.rungs.type = halving to have an effect");
    assertThat(refusal("asha", "at = [0]"))
        .contains("coarse.rungs.at must be a list of whole numbers >= 1, such as [2, 10, 20]");
  }

  @Test
  void cyclesMayBeListedByTheirLengths() {
    StudyFile file =
        StudyFile.of(
            folder, "training.schedule { eta-min = 0.001, eta = 0.1, cycles = [1, 3, 6, 10] }");
    Experiment study = file.load();
    assertThat(schedule(study)).isEqualTo(new Schedule.CyclesOf(0.001, 0.1, List.of(1, 3, 6, 10)));
    assertThat(study.resolve(Phase.COARSE, Experiment.OWN).settings())
        .containsEntry("training.schedule.cycles", "[1,3,6,10]")
        .doesNotContainKeys("training.schedule.half-cycle", "training.schedule.cycle-growth");
    assertThat(study.text())
        .contains("training.schedule.cycles = [1,3,6,10]")
        .doesNotContain("half-cycle");
    assertThat(file.refusal("training.schedule.half-cycle=10"))
        .contains("training.schedule.half-cycle needs training.schedule.cycles other than a list")
        .contains("but got [1,3,6,10]");
  }

  @Test
  void halfCyclesMayGrow() {
    assertThat(schedule(StudyFile.defaults("training.schedule.cycle-growth=2")))
        .isEqualTo(new Schedule.Cyclical(1e-5, 0.1, 2250, 2, 2));
  }

  @Test
  void anAxisMayHaveBothCountsAndLengths() {
    Experiment study =
        StudyFile.of(
                folder,
                "coarse.space { lambda.values = [0.1], \"training.schedule.cycles\".values = [2, [1, 3]], \"training.schedule.half-cycle\".values = [100, 200] }")
            .load();
    assertThat(requireNonNull(study.coarse()).space().axes())
        .filteredOn(axis -> axis.label().equals("training.schedule.half-cycle"))
        .singleElement()
        .satisfies(axis -> assertThat(axis.needs().get(0).words()).containsExactly("[1,3]"));
  }

  private static Schedule schedule(Experiment study) {
    return study.resolve(Phase.COARSE, Experiment.OWN).training().schedule();
  }

  private String refusal(String type, String more) {
    return StudyFile.of(
            folder, "coarse { rungs { type = " + type, more + " } }", "data.source = synthetic")
        .refusal();
  }
}
