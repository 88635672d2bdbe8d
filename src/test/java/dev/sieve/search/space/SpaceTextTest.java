package dev.sieve.search.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.search.plan.Box;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.space.SpaceText.Stretch;
import dev.sieve.trial.AxisValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the tables say of a space is read back by those who draw it. */
class SpaceTextTest {
  private static final Space SPACE =
      new Space(
          List.of(
              new Axis("training.lambda", "lambda", new Domain.Log10(-4.5, -3, 0)),
              new Axis("training.batch-size", "batch", new Domain.Integers(50, 200, 0, 50)),
              new Axis("network.batch-norm.decay", "decay", new Domain.Linear(0.5, 0.9, 0)),
              new Axis(
                  "network.init.sigma",
                  "sigma",
                  new Domain.Values(
                      List.of(new AxisValue.Number(0.01), new AxisValue.Number(0.001)))),
              new Axis(
                  "training.optimiser.type",
                  "optimiser",
                  new Domain.Values(
                      List.of(new AxisValue.Text("sgd"), new AxisValue.Text("adam"))))));

  private static LeaderboardRow parent(int trial) {
    return new LeaderboardRow(1, "abc" + trial, "done", 1, 0.5, null, trial, Map.of());
  }

  @Test
  void boxesAreReadBack() {
    String text =
        new Box(SPACE, "fine level 1", List.of(parent(3), parent(5))).text()
            + "\n"
            + new Box(SPACE, "coarse", List.of()).text();
    List<SpaceText.TextBox> boxes = SpaceText.boxes(text);

    assertThat(boxes).hasSize(2);
    assertThat(boxes.get(0).parents()).isEqualTo("fine level 1 trial 3 (abc3), trial 5 (abc5)");
    assertThat(boxes.get(1).parents()).isEmpty();
    assertThat(boxes.get(0).stretches())
        .containsOnly(
            Map.entry("training.lambda", new Stretch("log10", 3.1622776601683795e-5, 1e-3)),
            Map.entry("training.batch-size", new Stretch("integer", 50, 200)),
            Map.entry("network.batch-norm.decay", new Stretch("linear", 0.5, 0.9)),
            Map.entry("network.init.sigma", new Stretch("values", 0.001, 0.01)));
    assertThat(boxes.get(1).stretches()).isEqualTo(boxes.get(0).stretches());
  }

  @Test
  void otherTextsHaveNoBoxes() {
    assertThat(SpaceText.boxes("")).isEmpty();
    assertThat(SpaceText.boxes("trial 12 of fine level 1, configuration d98: sigma = 0.0075"))
        .isEmpty();
  }

  @Test
  void axesAreReadFromAnIdentity() {
    Map<String, Stretch> axes =
        SpaceText.axes(
            Map.of(
                "space.training.lambda", "log10 = [-5, -1]",
                "space.network.init.sigma", "values",
                "study.seed", "1"));

    assertThat(axes).containsOnlyKeys("training.lambda", "network.init.sigma");
    assertThat(axes.get("training.lambda")).isEqualTo(new Stretch("log10", 1e-5, 0.1));
    assertThat(axes.get("network.init.sigma")).isNull();
  }
}
