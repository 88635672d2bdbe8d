package dev.sieve.search;

import static dev.sieve.search.Studies.log;
import static dev.sieve.search.Studies.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.random.Draws;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplerTest {
  private static final Space LEFT =
      new Space(
          List.of(
              log("lambda", "l", -5, -1, 4),
              new Axis("e", "eta", new Domain.Linear(0.1, 0.5, 3)),
              new Axis("b", "batch", new Domain.Integers(50, 100, 2)),
              values("sigma", "s", 1e-4, 1e-3)));
  private static final Space RIGHT =
      new Space(
          List.of(
              log("lambda", "l", -3, 1, 4),
              new Axis("e", "eta", new Domain.Linear(0.3, 0.7, 3)),
              new Axis("b", "batch", new Domain.Integers(100, 200, 2)),
              values("sigma", "s", 1e-4)));
  private static final Space FINITE =
      new Space(
          List.of(new Axis("b", "batch", new Domain.Integers(1, 7, 3)), values("v", "v", 1, 2, 3)));

  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void theFirstOfMoreAreThose(SamplerKind kind) {
    List<Configuration> all = sample(kind, List.of(LEFT, RIGHT), 40);
    for (int n = 1; n < 40; n++) {
      assertThat(sample(kind, List.of(LEFT, RIGHT), n)).isEqualTo(all.subList(0, n));
    }
  }

  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void noConfigurationComesTwice(SamplerKind kind) {
    List<Configuration> all = sample(kind, List.of(LEFT, LEFT, RIGHT), 60);
    assertThat(all).hasSizeGreaterThan(40).extracting(Configuration::id).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void valuesLieInTheirBox(SamplerKind kind) {
    for (Configuration configuration : sample(kind, List.of(LEFT), 30)) {
      assertThat(number(configuration, "l")).isBetween(1e-5, 1e-1);
      assertThat(number(configuration, "e")).isBetween(0.1, 0.5);
      assertThat(number(configuration, "b")).isBetween(50.0, 100.0);
      assertThat(number(configuration, "b") % 1).isZero();
      assertThat(number(configuration, "s")).isIn(1e-4, 1e-3);
    }
  }

  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void boxesTakeTurns(SamplerKind kind) {
    Space low = new Space(List.of(log("lambda", "l", -5, -4, 5)));
    Space high = new Space(List.of(log("lambda", "l", -2, -1, 5)));
    List<Configuration> all = sample(kind, List.of(low, high), 10);
    for (int i = 0; i < 10; i++) {
      assertThat(number(all.get(i), "l") < 1e-3).isEqualTo(i % 2 == 0);
    }
  }

  @Test
  void randomUsesUpAFiniteSpaceAndEnds() {
    List<Configuration> all = sample(SamplerKind.RANDOM, List.of(FINITE), 1000);
    assertThat(all).hasSize(21).doesNotHaveDuplicates();
    assertThat(sample(SamplerKind.RANDOM, List.of(FINITE, LEFT), 100)).hasSize(100);
    assertThat(sample(SamplerKind.RANDOM, List.of(new Space(List.of())), 5)).hasSize(1);
  }

  @Test
  void randomIsUniformOnTheAxisOwnScale() {
    Space space = new Space(List.of(log("lambda", "l", -5, -1, 0)));
    double below =
        sample(SamplerKind.RANDOM, List.of(space), 2000).stream()
            .filter(c -> number(c, "l") < 1e-3)
            .count();
    assertThat(below / 2000).isBetween(0.45, 0.55);
  }

  @Test
  void aGridVariesTheLastAxisFastestAndHasItsEnds() {
    Space space = new Space(List.of(log("lambda", "l", -5, -1, 3), log("eta", "e", -2.5, -0.5, 2)));
    List<Configuration> grid = sample(SamplerKind.GRID, List.of(space), 0);
    assertThat(grid)
        .extracting(c -> number(c, "l"))
        .containsExactly(1e-5, 1e-5, 1e-3, 1e-3, .1, .1);
    assertThat(number(grid.get(1), "e")).isEqualTo(StrictMath.pow(10, -0.5));
    Space middle = new Space(List.of(new Axis("e", "eta", new Domain.Integers(3, 9, 1))));
    assertThat(sample(SamplerKind.GRID, List.of(middle), 0))
        .extracting(c -> number(c, "e"))
        .containsExactly(6.0);
  }

  @Test
  void aFinerRandomGridKeepsTheCoarserOne() {
    Space three = new Space(List.of(log("lambda", "l", -5, -1, 3), log("eta", "e", -2, -1, 2)));
    Space four = new Space(List.of(log("lambda", "l", -5, -1, 4), log("eta", "e", -2, -1, 2)));
    List<Configuration> small = sample(SamplerKind.RANDOM_GRID, List.of(three), 0);
    List<Configuration> large = sample(SamplerKind.RANDOM_GRID, List.of(four), 0);
    assertThat(small).hasSize(6);
    assertThat(large).hasSize(8).containsAll(small);
    assertThat(small.stream().map(c -> number(c, "l")).distinct()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"GRID", "RANDOM_GRID"})
  void aRangeWithoutPointsIsNamed(SamplerKind kind) {
    Space space = new Space(List.of(log("eta", "training.schedule.eta", -3, -1, 0)));
    assertThatThrownBy(() -> sample(kind, List.of(space), 0))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("points >= 1", "axis eta (log10 = [-3, -1])", "add `points");
  }

  @Test
  void aGridBeyondAllBoundsIsRefused() {
    Space space = new Space(List.of(log("a", "a", -3, -1, 1000), log("b", "b", -3, -1, 1000)));
    assertThatThrownBy(() -> sample(SamplerKind.GRID, List.of(space), 0))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("at most 100000", "1000000");
  }

  private static List<Configuration> sample(SamplerKind kind, List<Space> boxes, int count) {
    return Sampler.of(kind).configurations(boxes, count, new Draws(42));
  }

  private static double number(Configuration configuration, String path) {
    return configuration.values().get(path) instanceof AxisValue.Number number
        ? number.value()
        : Double.NaN;
  }
}
