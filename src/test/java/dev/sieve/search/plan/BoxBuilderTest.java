package dev.sieve.search.plan;

import static dev.sieve.search.Studies.log;
import static dev.sieve.search.Studies.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.error.UserException;
import dev.sieve.search.Studies;
import dev.sieve.search.definition.SettingsResolver;
import dev.sieve.search.definition.Zoom;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Limits;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoxBuilderTest {
  private static final Axis LAMBDA = log("lambda", "l", -5, -1, 4);

  @Test
  void rangeOfTheBestThreeWidenedByDecades() {
    // gradients-2022: log10 λ of -2.41, -2.47 and -3.10 gave a fine search in (-3.40, -2.11).
    List<Domain> boxes =
        zoom(new Zoom.Range(0.30, true), LAMBDA, text(-2.41), text(-2.47), text(-3.10));
    assertThat(boxes).containsExactly(new Domain.Log10(-3.4, -2.11, 7));
  }

  @Test
  void aBoxEachOnTheAxisOwnScale() {
    assertThat(zoom(new Zoom.Boxes(0.25, true), LAMBDA, "1.0E-4", "0.001"))
        .containsExactly(new Domain.Log10(-4.5, -3.5, 7), new Domain.Log10(-3.5, -2.5, 7));
    Axis linear = new Axis("d", "decay", new Domain.Linear(0.5, 0.9, 0));
    assertThat(zoom(new Zoom.Boxes(0.5, true), linear, "0.7"))
        .containsExactly(new Domain.Linear(0.6, 0.8, 7));
  }

  @Test
  void boxesAreClippedToTheCoarseBoundsUnlessToldOtherwise() {
    assertThat(zoom(new Zoom.Boxes(0.25, true), LAMBDA, "1e-5"))
        .containsExactly(new Domain.Log10(-5, -4.5, 7));
    assertThat(zoom(new Zoom.Boxes(0.25, false), LAMBDA, "1e-5"))
        .containsExactly(new Domain.Log10(-5.5, -4.5, 7));
    assertThat(zoom(new Zoom.Range(3, true), LAMBDA, "1e-3"))
        .containsExactly(new Domain.Log10(-5, -1, 7));
  }

  @Test
  void aMarginIsAShareOfALinearAxis() {
    Axis linear = new Axis("d", "decay", new Domain.Linear(0, 10, 0));
    assertThat(zoom(new Zoom.Range(0.1, true), linear, "4", "6"))
        .containsExactly(new Domain.Linear(3, 7, 7));
    assertThat(zoom(new Zoom.Range(0, true), linear, "4", "4"))
        .containsExactly(new Domain.Values(List.of(new AxisValue.Number(4))));
  }

  @Test
  void integersStayWhole() {
    Axis batch = new Axis("b", "batch", new Domain.Integers(10, 110, 0));
    assertThat(zoom(new Zoom.Boxes(0.25, true), batch, "50", "10"))
        .containsExactly(new Domain.Integers(38, 62, 7), new Domain.Integers(10, 22, 7));
    Axis layers = new Axis("b", "batch", new Domain.Integers(1, 3, 0));
    assertThat(zoom(new Zoom.Boxes(0.25, true), layers, "2"))
        .containsExactly(new Domain.Values(List.of(new AxisValue.Number(2))));
  }

  @Test
  void numericValuesZoomAsTheirRange() {
    Zoom zoom = new Zoom.Boxes(0.5, true);
    assertThat(zoom(zoom, values("sigma", "s", 1e-4, 1e-3, 1e-2), "0.001"))
        .containsExactly(new Domain.Log10(-3.5, -2.5, 7));
    assertThat(zoom(zoom, values("sigma", "s", 0.1, 0.2, 0.5), "0.2"))
        .containsExactly(new Domain.Linear(0.1, 0.3, 7));
    assertThat(zoom(zoom, values("lambda", "l", 0, 0.5, 100.5), "0.5"))
        .containsExactly(new Domain.Linear(0, 25.625, 7));
    assertThat(zoom(zoom, values("batch", "b", 50, 100, 200), "100"))
        .containsExactly(new Domain.Integers(62, 138, 7));
    assertThat(zoom(zoom, values("sigma", "s", 0.3), "0.3"))
        .containsExactly(new Domain.Values(List.of(new AxisValue.Number(0.3))));
  }

  @Test
  void valuesWithoutAnOrderKeepThoseOfTheBest() {
    Axis hidden =
        new Axis(
            "h",
            "h",
            new Domain.Values(List.of(words("[50,50]"), words("[100]"), words("[50,30]"))));
    Domain kept = new Domain.Values(List.of(words("[50,30]"), words("[50,50]")));
    assertThat(zoom(new Zoom.Boxes(0.5, true), hidden, "[50, 30]", "[50, 50]", "[50,30]"))
        .containsExactly(kept, kept, kept);
  }

  @Test
  void theBestAtAnEdgeIsWarnedOf() {
    Space space = new Space(List.of(LAMBDA, values("sigma", "s", 1e-4, 1e-3, 1e-2)));
    assertThat(warnings(space, Map.of("l", "0.1", "s", "0.001")))
        .containsExactly(
            "the best of coarse lies at the upper edge of lambda (0.1 in log10 = [-5, -1]): a wider range to try is log10 = [-5, 1]");
    assertThat(warnings(space, Map.of("l", "0.001", "s", "1.0E-4")))
        .containsExactly(
            "the best of coarse lies at the lower edge of sigma (0.0001 in values = [0.0001, 0.001, 0.01]): a wider range to try is log10 = [-5, -2]");
    assertThat(warnings(space, Map.of("l", "0.001", "s", "0.001"))).isEmpty();
  }

  @Test
  void anEdgeThatTheSettingItselfHasIsNone() {
    Space space = new Space(List.of(new Axis("l", "lambda", new Domain.Linear(0, 1, 3))));
    assertThat(warnings(space, Map.of("l", "0"))).isEmpty();
    assertThat(warnings(space, Map.of("l", "1"))).hasSize(1);
  }

  private static List<String> warnings(Space space, Map<String, String> best) {
    SettingsResolver resolver =
        (phase, configuration) -> {
          if (configuration.values().get("l") instanceof AxisValue.Number lambda
              && lambda.value() < 0) {
            throw new UserException("lambda >= 0 must hold, but got " + lambda);
          }
          return Studies.small().resolve(phase, configuration);
        };
    return new EdgeWarnings(space, resolver, "coarse").warnings(ranked(0, best));
  }

  private static List<Domain> zoom(Zoom zoom, Axis axis, String... best) {
    List<LeaderboardRow> rows = new ArrayList<>();
    for (String text : best) {
      rows.add(ranked(rows.size(), Map.of(axis.path(), text)));
    }
    Space space = new Space(List.of(axis));
    return new BoxBuilder(zoom, 7, rows, space, List.of(space), "coarse", path -> Limits.NONE)
        .boxes().stream().map(box -> box.space().axes().get(0).domain()).toList();
  }

  private static LeaderboardRow ranked(int trial, Map<String, String> settings) {
    return new LeaderboardRow(trial + 1, "id", "done", 1, 0.5, null, trial, settings);
  }

  private static AxisValue words(String text) {
    return new AxisValue.Text(text);
  }

  private static String text(double exponent) {
    return Double.toString(StrictMath.pow(10, exponent));
  }
}
