package dev.sieve.search.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.search.Studies;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.TrainingSpec;
import dev.sieve.trial.TrialSettings;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where rungs stand, with 10 steps an epoch. */
class RungSpecTest {
  private static final Schedule TWO_OF_TEN = new Schedule.Cyclical(0.001, 0.1, 50, 2);
  private static final Schedule GROWING = new Schedule.CyclesOf(0.001, 0.1, List.of(1, 3, 6, 10));

  @Test
  void theyStandAtTheEndsOfCyclesByThemselves() {
    RungSpec auto = halving(List.of());
    assertThat(auto.steps(settings(GROWING))).containsExactly(10L, 40L, 100L, 200L);
    assertThat(auto.steps(settings(TWO_OF_TEN))).containsExactly(100L, 200L);
    assertThat(auto.warnings("coarse", settings(GROWING))).isEmpty();
  }

  @Test
  void otherSchedulesAreDivided() {
    RungSpec auto = halving(List.of());
    assertThat(auto.steps(settings(new Schedule.Constant(0.1, 81))))
        .containsExactly(10L, 30L, 90L, 270L, 810L);
    assertThat(auto.steps(settings(new Schedule.Decay(0.1, 0.9, 20))))
        .containsExactly(20L, 60L, 200L);
    assertThat(auto.warnings("coarse", settings(new Schedule.Constant(0.1, 81)))).isEmpty();
  }

  @Test
  void theEndOfTheBudgetIsTheLast() {
    assertThat(halving(List.of(2, 10)).steps(settings(TWO_OF_TEN)))
        .isEqualTo(halving(List.of(2, 10, 20)).steps(settings(TWO_OF_TEN)))
        .containsExactly(20L, 100L, 200L);
  }

  @Test
  void whatCannotBeARungIsRefused() {
    assertThatThrownBy(() -> halving(List.of(2, 21)).steps(settings(TWO_OF_TEN)))
        .hasMessage("rungs.at must lie within the budget of 20 epochs, but got [2, 21]");
    assertThatThrownBy(() -> halving(List.of(2, 2)))
        .hasMessage("rungs.at must increase, but got [2, 2]");
    assertThatThrownBy(() -> new RungSpec(RungSpec.Type.HALVING, List.of(), List.of(2, 4), 3))
        .hasMessage("rungs.keep must decrease, but got [2, 4]");
    Schedule one = new Schedule.Cyclical(0.001, 0.1, 50, 1);
    assertThatThrownBy(() -> halving(List.of()).steps(settings(one)))
        .hasMessageContaining("rungs need a comparison before the end of the budget")
        .hasMessageContaining("rungs.at = auto there is none in 10 epochs");
    assertThatThrownBy(
            () ->
                new RungSpec(RungSpec.Type.HALVING, List.of(), List.of(9, 4), 3)
                    .steps(settings(GROWING)))
        .hasMessage(
            "rungs.keep must say for each of the 3 rungs before the last how many go on, but got [9, 4]");
  }

  /** The cut at epoch 2 of a cycle of ten costs little, that at epoch 6 the best. */
  @Test
  void aRungInsideACycleIsAWarning() {
    assertThat(halving(List.of(2, 10)).warnings("coarse", settings(TWO_OF_TEN))).isEmpty();
    assertThat(halving(List.of(2, 6, 12, 13)).warnings("fine", settings(TWO_OF_TEN)))
        .hasSize(2)
        .satisfies(
            lines -> {
              assertThat(lines.get(0))
                  .startsWith(
                      "rung 1 of fine, after 6 epochs, lies inside a cycle of the rate (epochs 0 to 10)")
                  .endsWith("(fine.rungs.at)");
              assertThat(lines.get(1)).contains("rung 3 of fine, after 13 epochs", "10 to 20");
            });
  }

  private static RungSpec halving(List<Integer> at) {
    return new RungSpec(RungSpec.Type.HALVING, at, List.of(), 3);
  }

  private static TrialSettings settings(Schedule schedule) {
    TrialSettings any = Studies.small().resolve(Phase.COARSE, new Configuration(new TreeMap<>()));
    TrainingSpec training = any.training();
    return new TrialSettings(
        any.network(),
        new TrainingSpec(
            training.batchSize(), 0.005, training.optimiser(), schedule, false, 0, false),
        any.data(),
        false,
        false,
        any.settings());
  }
}
