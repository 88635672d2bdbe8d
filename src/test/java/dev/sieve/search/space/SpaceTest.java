package dev.sieve.search.space;

import static dev.sieve.search.Studies.log;
import static dev.sieve.search.Studies.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import dev.sieve.search.definition.Zoom;
import dev.sieve.search.plan.BoxBuilder;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.sampler.Observation;
import dev.sieve.search.sampler.Sampler;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Axis.Need;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps, axes without effect and constraints, in every sampler. */
class SpaceTest {
  private static final Map<String, String> NAMES = Map.of("lambda", "l", "eta", "e", "b-x", "b");

  private static final Space SPACE =
      new Space(
          List.of(
              log("lambda", "l", -5, -1, 3),
              new Axis("e", "eta", new Domain.Log10(-3, 0, 4, 0.5)),
              new Axis("b", "b", new Domain.Integers(10, 100, 4, 30)),
              new Axis(
                  "m",
                  "momentum",
                  new Domain.Linear(0.5, 0.9, 3, 0.1),
                  List.of(new Need("o", List.of("momentum"), true))),
              new Axis(
                  "o",
                  "optimiser",
                  new Domain.Values(
                      List.of(
                          new AxisValue.Text("sgd"),
                          new AxisValue.Text("momentum"),
                          new AxisValue.Text("adam"))))),
          List.of(Constraint.parse("eta <= 3000 * lambda", NAMES)));

  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void everySamplerKeepsTheSpacesRules(SamplerKind kind) {
    List<Observation> past = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Configuration next =
          Sampler.of(kind).next(List.of(SPACE), past, 1, Seed.of(5, "sampler/test/0")).get(0);
      past.add(Observation.scored(next, new Draws(Long.parseLong(next.id(), 16)).nextDouble()));
      boolean momentum = "momentum".equals(String.valueOf(next.values().get("o")));
      assertThat(next.values().containsKey("m")).isEqualTo(momentum);
      assertThat(number(next, "e")).isLessThanOrEqualTo(3000 * number(next, "l"));
      if (kind.counted()) {
        assertThat(number(next, "b")).isIn(10.0, 40.0, 70.0, 100.0);
        double steps = 2 * StrictMath.log10(number(next, "e"));
        assertThat(Math.abs(steps - Math.rint(steps))).isLessThan(1e-9);
        assertThat(number(next, "m")).isIn(0.5, 0.6, 0.7, 0.8, 0.9, Double.NaN);
      }
    }
    assertThat(past.stream().map(seen -> seen.configuration().id())).doesNotHaveDuplicates();
  }

  @Test
  void aFiniteSpaceWithRulesIsUsedUp() {
    Space finite =
        new Space(
            List.of(
                values("lambda", "l", 1, 2, 3),
                new Axis("m", "m", new Domain.Linear(0, 1, 0, 0.5), SPACE.axes().get(3).needs()),
                SPACE.axes().get(4)),
            List.of(Constraint.parse("lambda != 2", NAMES)));
    for (SamplerKind kind :
        new SamplerKind[] {SamplerKind.RANDOM, SamplerKind.SOBOL, SamplerKind.TPE}) {
      // 2 × (sgd, adam, 3 × momentum)
      assertThat(Sampler.of(kind).next(List.of(finite), List.of(), 99, Seed.of(1, "s")))
          .hasSize(10)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void stepsAreTextAndIdentity() {
    Domain stepped = new Domain.Log10(-3, 0, 0, 0.5);
    assertThat(Domains.identity(stepped)).isEqualTo("log10 = [-3, 0], step = 0.5");
    assertThat(AxisPoints.all(new Domain.Linear(0.1, 0.7, 0, 0.2)))
        .containsExactly(
            new AxisValue.Number(0.1),
            new AxisValue.Number(0.3),
            new AxisValue.Number(0.5),
            new AxisValue.Number(0.7));
    assertThat(AxisPoints.cardinality(new Domain.Integers(50, 200, 0, 50))).isEqualTo(4);
    assertThatThrownBy(() -> new Domain.Linear(0, 1, 0, 2))
        .hasMessage("0 < step <= high - low must hold, but got step=2.0 for low=0.0, high=1.0");
  }

  @Test
  void aBoxOfASteppedAxisKeepsTheSteps() {
    Scale scale = Objects.requireNonNull(Scale.of(new Domain.Log10(-3, 0, 0, 0.5), List.of()));
    assertThat(scale.stretch(-2.4, -1.1, 0)).isEqualTo(new Domain.Log10(-2.5, -1, 0, 0.5));
    assertThat(scale.stretch(-1.1, -0.9, 0))
        .isEqualTo(new Domain.Values(List.of(new AxisValue.Number(0.1))));
  }

  @Test
  void aBoxAroundParentsWithoutAnAxisKeepsAllOfIt() {
    LeaderboardRow plain =
        new LeaderboardRow(
            1,
            "c",
            "done",
            1,
            0.5,
            null,
            3,
            Map.of("l", "1e-3", "e", "0.1", "b", "40", "o", "sgd"));
    Space box =
        new BoxBuilder(
                new Zoom.Boxes(0.25, true),
                2,
                List.of(plain),
                SPACE,
                List.of(SPACE),
                "coarse",
                path -> Limits.NONE)
            .boxes()
            .get(0)
            .space();
    assertThat(box.byPath().get("m")).isEqualTo(SPACE.axes().get(3));
    assertThat(box.constraints()).isEqualTo(SPACE.constraints());
    assertThat(Coordinates.read(SPACE.axes(), plain.settings()).values())
        .containsOnlyKeys("l", "e", "b", "o");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "eta <= 100 * lambda | true",
        "eta < 10 * lambda | false",
        "log10(lambda) + 2 == log10(eta) - 1 + 1 | true",
        "-(lambda - 2 * eta) / 'b-x' >= 1e-1 | false",
        "lambda != .001 | false",
        "mu > 1 | true",
      })
  void constraintsAreArithmetic(String text, boolean holds) {
    Map<String, String> names = Map.of("lambda", "l", "eta", "e", "b-x", "b", "mu", "m");
    Configuration configuration =
        new Configuration(
            new java.util.TreeMap<>(
                Map.of(
                    "l", new AxisValue.Number(0.001),
                    "e", new AxisValue.Number(0.1),
                    "b", new AxisValue.Number(10))));
    String rejection = Constraint.parse(text, names).rejection(configuration);
    assertThat(rejection == null).isEqualTo(holds);
    if (rejection != null) {
      assertThat(rejection).startsWith(text + " must hold, but ").contains("l = 0.001");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "eta | it ends too early",
        "eta <= 100 lambda | 'lambda' is left over",
        "eta <= $ | '$' cannot be read",
        "eta + (1 <= 2 | got '<=' where ) is due",
        "eta * 2 | it ends too early",
        "zeta <= 1 | 'zeta' is no numeric axis of the space; these are [b-x, eta, lambda]",
      })
  void whatIsNoConstraintIsRefused(String text, String message) {
    assertThatThrownBy(() -> Constraint.parse(text, NAMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a constraint must compare numbers and axes")
        .hasMessageContaining(message);
  }

  private static double number(Configuration configuration, String path) {
    return configuration.values().get(path) instanceof AxisValue.Number number
        ? number.value()
        : Double.NaN;
  }
}
