package dev.sieve.search.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.random.Draws;
import dev.sieve.search.Studies;
import dev.sieve.search.definition.Zoom;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.sampler.FixedSampler;
import dev.sieve.search.sampler.RandomSampler;
import dev.sieve.search.sampler.SobolSampler;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.AxisPoints;
import dev.sieve.search.space.AxisTransform;
import dev.sieve.search.space.Decimals;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Limits;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends of a range are the ends, bit for bit, and no draw lies beyond them. */
class EndsTest {
  private static final String PATH = "x";

  @ParameterizedTest
  @CsvSource({
    "0.005, 0.05", "0.001, 0.7", "3e-5, 0.03", "0.3333333333333333, 0.6666666666666666",
    "1.2345678901234567e-7, 9.876543210987654e-3", "7, 700", "0.1, 0.7", "1e-300, 1e-10",
  })
  void theBoxOfAllValuesEndsAtThem(double low, double high) {
    Axis values = Studies.values(PATH, PATH, low, high);
    Axis box = zoom(values, new Zoom.Boxes(1, true), low, path -> Limits.NONE);
    Axis whole = zoom(values, new Zoom.Range(1e3, true), low, path -> Limits.NONE);
    assertThat(first(box)).isEqualTo(low);
    requireEnds(whole, low, high);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.7", "0.3333333333333333, 0.6666666666666667", "1e-17, 0.12345678901234568"})
  void linearRanges(double low, double high) {
    requireEnds(axis(new Domain.Linear(low, high, 5)), low, high);
  }

  @ParameterizedTest
  @CsvSource({"-2.301029995664, -1.3010299956639813", "-5, -1", "-45.3, 38.4", "-0.1, 0.2"})
  void logarithmicRanges(double low, double high) {
    requireEnds(axis(new Domain.Log10(low, high, 5)), Decimals.pow10(low), Decimals.pow10(high));
  }

  @Test
  void stepsThatMissTheEndByTheirDecimalsEndThere() {
    Axis thirds = axis(new Domain.Linear(0, 1, 4, 0.3333333333333));
    assertThat(AxisPoints.all(thirds.domain())).last().isEqualTo(number(1));
    assertThat(AxisPoints.grid(thirds)).last().isEqualTo(number(1));
    assertThat(new AxisTransform(thirds).value(1)).isEqualTo(number(1));
    Axis large = axis(new Domain.Integers(0, 2_000_000_000, 2));
    assertThat(AxisPoints.at(large.domain(), 0.999999999)).isEqualTo(number(1_999_999_999));
  }

  @Test
  void boxesThatAreNotClippedEndWhereTheSettingDoes() {
    Zoom free = new Zoom.Boxes(0.5, false);
    Axis lambda = axis(new Domain.Linear(0, 0.02, 3));
    Axis box = zoom(lambda, free, 0, path -> new Limits(0, 1e-45, 1e38));
    requireEnds(box, 0, 0.005);
    Axis momentum = axis(new Domain.Linear(0.5, 0.95, 3));
    double most = Math.nextDown(1 - 0x1p-25);
    box = zoom(momentum, new Zoom.Boxes(1, false), 0.95, path -> new Limits(0, 1e-45, most));
    requireEnds(box, 0.725, most);
    Axis eta = axis(new Domain.Log10(-2, -1, 3));
    box = zoom(eta, free, 0.01, path -> new Limits(Math.nextUp(0.0), 1e-45, 1e38).from(0.007));
    requireEnds(box, 0.007, Decimals.pow10(-1.75));
    box = zoom(eta, new Zoom.Range(400, false), 0.01, path -> new Limits(0, 1e-45, 1e38));
    requireEnds(box, 1e-45, 1e38);
    Axis batch = axis(new Domain.Integers(10, 110, 3));
    box = zoom(batch, free, 10, path -> new Limits(2, 2, Integer.MAX_VALUE));
    requireEnds(box, 2, 35);
    Axis stepped = axis(new Domain.Linear(0.2, 0.8, 0, 0.2));
    box = zoom(stepped, new Zoom.Boxes(1, false), 0.8, path -> new Limits(0, 1e-45, 0.9));
    assertThat(AxisPoints.all(box.domain())).containsExactly(number(0.4), number(0.6), number(0.8));
    // Without limits the box goes on as before.
    assertThat(zoom(eta, free, 0.01, path -> Limits.NONE).domain())
        .isEqualTo(new Domain.Log10(-2.25, -1.75, 7));
  }

  /** Grid, model and draws: none beyond, the first and last the ends themselves. */
  private static void requireEnds(Axis axis, double low, double high) {
    List<AxisValue> grid = AxisPoints.grid(axis);
    assertThat(grid).first().isEqualTo(number(low));
    assertThat(grid).last().isEqualTo(number(high));
    assertThat(new AxisTransform(axis).value(0)).isEqualTo(number(low));
    assertThat(new AxisTransform(axis).value(1)).isEqualTo(number(high));
    assertThat(AxisPoints.at(axis.domain(), 0)).isEqualTo(number(low));
    Space box = new Space(List.of(axis));
    long seed = Long.getLong("tests.seed", 5);
    for (FixedSampler sampler : List.of(new RandomSampler(), new SobolSampler())) {
      for (Configuration drawn : sampler.configurations(List.of(box), 20, new Draws(seed))) {
        assertThat(((AxisValue.Number) Objects.requireNonNull(drawn.values().get(PATH))).value())
            .as("seed %s", seed)
            .isBetween(low, high);
      }
    }
    assertThat(((AxisValue.Number) AxisPoints.at(axis.domain(), Math.nextDown(1.0))).value())
        .isBetween(low, high);
  }

  private static double first(Axis axis) {
    return ((AxisValue.Number) AxisPoints.grid(axis).get(0)).value();
  }

  private static Axis axis(Domain domain) {
    return new Axis(PATH, PATH, domain);
  }

  private static AxisValue number(double value) {
    return new AxisValue.Number(value);
  }

  private static Axis zoom(Axis axis, Zoom zoom, double best, Function<String, Limits> limits) {
    Space space = new Space(List.of(axis));
    LeaderboardRow row =
        new LeaderboardRow(1, "id", "done", 1, 0.5, null, 0, Map.of(PATH, Double.toString(best)));
    return new BoxBuilder(zoom, 7, List.of(row), space, List.of(space), "coarse", limits)
        .boxes()
        .get(0)
        .space()
        .axes()
        .get(0);
  }
}
