package dev.sieve.search.sampler;

import static dev.sieve.search.Studies.log;
import static dev.sieve.search.Studies.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplerTest {
  private static final Seed SEED = Seed.of(42, "sampler/test/0");
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
    for (int n = 1; n < 40; n += 3) {
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

  @ParameterizedTest
  @EnumSource(names = {"RANDOM", "SOBOL", "TPE", "GP"})
  void aFiniteSpaceIsUsedUpAndEnds(SamplerKind kind) {
    assertThat(sample(kind, List.of(FINITE), 1000)).hasSize(21).doesNotHaveDuplicates();
    assertThat(told(kind, List.of(FINITE), 1000)).hasSize(21).doesNotHaveDuplicates();
    assertThat(sample(kind, List.of(FINITE, LEFT), 60)).hasSize(60);
    assertThat(sample(kind, List.of(new Space(List.of())), 5)).hasSize(1);
  }

  /** Outcomes change nothing for samplers that do not adapt, and no sampler's rules for any. */
  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void toldOfOutcomesItKeepsTheContract(SamplerKind kind) {
    List<Space> boxes = List.of(LEFT, RIGHT);
    List<Configuration> told = told(kind, boxes, 40);
    assertThat(told).hasSize(40).extracting(Configuration::id).doesNotHaveDuplicates();
    for (int i = 0; i < told.size(); i++) {
      assertThat(number(told.get(i), "l")).isBetween(i % 2 == 0 ? 1e-5 : 1e-3, 10.0);
      assertThat(number(told.get(i), "b") % 1).isZero();
      assertThat(number(told.get(i), "s")).isIn(1e-4, 1e-3);
    }
    assertThat(told(kind, boxes, 40)).isEqualTo(told);
    assertThat(told.equals(sample(kind, boxes, 40))).isEqualTo(!kind.adapts());
  }

  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void askedForMoreAtOnceItGivesWhatItGivesOneByOne(SamplerKind kind) {
    List<Observation> past = new ArrayList<>();
    for (Configuration configuration : told(kind, List.of(LEFT), 20)) {
      past.add(outcome(configuration));
    }
    List<Configuration> atOnce = Sampler.of(kind).next(List.of(LEFT), past, 6, SEED);
    List<Configuration> oneByOne = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      List<Configuration> one = Sampler.of(kind).next(List.of(LEFT), past, 1, SEED);
      oneByOne.addAll(one);
      one.forEach(configuration -> past.add(Observation.running(configuration)));
    }
    assertThat(oneByOne).isEqualTo(atOnce);
  }

  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void extraPointsOfTheFileAreNotProposedAgain(SamplerKind kind) {
    List<Configuration> first = sample(kind, List.of(LEFT), 5);
    List<Observation> past = List.of(Observation.failed(first.get(2)));
    List<Configuration> next = Sampler.of(kind).next(List.of(LEFT), past, 30, SEED);
    Set<Configuration> all = new HashSet<>(next);
    assertThat(next).hasSize(30);
    assertThat(all).hasSize(30).doesNotContain(first.get(2)).contains(first.get(0), first.get(4));
  }

  @Test
  void anotherSeedGivesOthers() {
    for (SamplerKind kind : SamplerKind.values()) {
      List<Configuration> other =
          Sampler.of(kind).next(List.of(LEFT), List.of(), 8, Seed.of(43, "sampler/test/0"));
      assertThat(other.equals(sample(kind, List.of(LEFT), 8))).isEqualTo(kind == SamplerKind.GRID);
    }
  }

  /** Each of 64 equal stretches of each axis, and of 8 × 8 squares of two, is hit exactly once. */
  @Test
  void sobolIsEvenlySpread() {
    Space square =
        new Space(
            List.of(
                new Axis("x", "x", new Domain.Linear(0, 64, 0)),
                new Axis("y", "y", new Domain.Linear(0, 64, 0))));
    List<Configuration> points = sample(SamplerKind.SOBOL, List.of(square), 64);
    assertThat(points.stream().map(c -> (int) number(c, "x")).distinct()).hasSize(64);
    assertThat(points.stream().map(c -> (int) number(c, "y")).distinct()).hasSize(64);
    assertThat(
            points.stream()
                .map(c -> (int) number(c, "x") / 8 * 8 + (int) number(c, "y") / 8)
                .distinct())
        .hasSize(64);
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
    return Sampler.of(kind).next(boxes, List.of(), count, SEED);
  }

  private static double number(Configuration configuration, String path) {
    return configuration.values().get(path) instanceof AxisValue.Number number
        ? number.value()
        : Double.NaN;
  }

  /** One at a time, each with its outcome before the next. */
  private static List<Configuration> told(SamplerKind kind, List<Space> boxes, int count) {
    List<Observation> past = new ArrayList<>();
    while (past.size() < count) {
      List<Configuration> next = Sampler.of(kind).next(boxes, past, 1, SEED);
      if (next.isEmpty()) {
        break;
      }
      past.add(outcome(next.get(0)));
    }
    return past.stream().map(Observation::configuration).toList();
  }

  /** Mostly a score; some diverge, fail or still run. */
  private static Observation outcome(Configuration configuration) {
    long id = Long.parseLong(configuration.id(), 16);
    return switch ((int) (id % 10)) {
      case 0 -> Observation.diverged(configuration);
      case 1 -> Observation.failed(configuration);
      case 2 -> Observation.running(configuration);
      default -> Observation.scored(configuration, new Draws(id).nextDouble());
    };
  }
}
