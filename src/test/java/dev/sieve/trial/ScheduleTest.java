package dev.sieve.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Schedule CYCLE = new Schedule.Cyclical(1e-5, 0.1, 2250, 2);

  @Test
  void aCycleRisesOverAHalfCycleAndFallsOverTheNext() {
    assertThat(CYCLE.at(0, 450)).isEqualTo(1e-5);
    assertThat(CYCLE.at(1125, 450)).isCloseTo((1e-5 + 0.1) / 2, within(1e-15));
    assertThat(CYCLE.at(2250, 450)).isCloseTo(0.1, within(1e-15));
    assertThat(CYCLE.at(3375, 450)).isCloseTo((1e-5 + 0.1) / 2, within(1e-15));
    assertThat(CYCLE.at(4500, 450)).isEqualTo(1e-5);
    assertThat(CYCLE.at(4501, 450)).isEqualTo(CYCLE.at(1, 450));
    assertThat(CYCLE.steps(450)).isEqualTo(9000);
  }

  @Test
  void aCycleStaysWithinItsBounds() {
    assertThat(LongStream.range(0, 9000).mapToDouble(step -> CYCLE.at(step, 450)))
        .allMatch(eta -> eta >= 1e-5 && eta <= 0.1 + 1e-15);
  }

  @Test
  void aDecayStepsDownEachEpoch() {
    Schedule decay = new Schedule.Decay(0.1, 0.5, 3);

    assertThat(decay.at(0, 4)).isEqualTo(0.1);
    assertThat(decay.at(3, 4)).isEqualTo(0.1);
    assertThat(decay.at(4, 4)).isEqualTo(0.05);
    assertThat(decay.at(11, 4)).isEqualTo(0.025);
    assertThat(decay.steps(4)).isEqualTo(12);
  }

  @Test
  void aConstantRateStays() {
    Schedule constant = new Schedule.Constant(0.02, 5);

    assertThat(constant.at(19, 4)).isEqualTo(0.02);
    assertThat(constant.steps(4)).isEqualTo(20);
  }

  @Test
  void cyclesMayHaveLengthsOfTheirOwn() {
    Schedule cycles = new Schedule.CyclesOf(0.001, 0.1, List.of(1, 3, 6));

    assertThat(cycles.cycleEnds(9)).containsExactly(9L, 36L, 90L);
    assertThat(cycles.steps(9)).isEqualTo(90);
    assertThat(List.of(0L, 9L, 36L)).allMatch(start -> cycles.at(start, 9) == 0.001);
    assertThat(cycles.at(4, 9)).isEqualTo(cycles.at(5, 9)).isLessThan(0.1);
    assertThat(cycles.at(9 + 13, 9)).isCloseTo(0.001 + 0.099 * 13 / 13.5, within(1e-15));
    assertThat(cycles.at(36 + 27, 9)).isEqualTo(0.1);
    assertThat(cycles.at(36 + 28, 9)).isCloseTo(0.001 + 0.099 * 26 / 27, within(1e-15));
  }

  @Test
  void cyclesOfOneLengthInEpochsAreThoseInSteps() {
    Schedule epochs = new Schedule.CyclesOf(1e-5, 0.1, List.of(10, 10));

    assertThat(LongStream.range(0, 9000)).allMatch(s -> epochs.at(s, 450) == CYCLE.at(s, 450));
    assertThat(CYCLE.cycleEnds(450)).isEqualTo(epochs.cycleEnds(450)).containsExactly(4500L, 9000L);
  }

  @Test
  void halfCyclesMayGrow() {
    Schedule growing = new Schedule.Cyclical(0.001, 0.1, 10, 3, 1.25);

    assertThat(growing.cycleEnds(7)).containsExactly(20L, 20L + 26, 46L + 32);
    assertThat(growing.steps(7)).isEqualTo(78);
    assertThat(growing.at(10, 7)).isEqualTo(0.1);
    assertThat(growing.at(20 + 13, 7)).isEqualTo(0.1);
    assertThat(growing.at(46 + 8, 7)).isCloseTo((0.001 + 0.1) / 2, within(1e-15));
    assertThat(growing.at(77, 7)).isCloseTo(0.001 + 0.099 / 16, within(1e-15));
    assertThatThrownBy(() -> new Schedule.Cyclical(0.001, 0.1, 10, 3, 0.5))
        .hasMessage("training.schedule.cycle-growth >= 1 must hold, but got 0.5");
    assertThatThrownBy(() -> new Schedule.Cyclical(0.001, 0.1, 10, 40, 3))
        .hasMessageContaining("a half-cycle <= 2147483647 steps must hold");
  }

  @Test
  void aCycleUpsideDownIsRefused() {
    assertThatThrownBy(() -> new Schedule.Cyclical(0.2, 0.1, 10, 1))
        .hasMessage(
            "training.schedule.eta-min <= training.schedule.eta must hold, but got 0.2 and 0.1");
  }
}
