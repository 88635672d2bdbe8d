package dev.sieve.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
  void aCycleUpsideDownIsRefused() {
    assertThatThrownBy(() -> new Schedule.Cyclical(0.2, 0.1, 10, 1))
        .hasMessage(
            "training.schedule.eta-min <= training.schedule.eta must hold, but got 0.2 and 0.1");
  }
}
