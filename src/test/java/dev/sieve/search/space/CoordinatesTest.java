package dev.sieve.search.space;

import static dev.sieve.search.Studies.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.search.plan.Selection;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoordinatesTest {
  private static final List<Axis> AXES =
      List.of(
          log("lambda", "training.lambda", -5, -1, 3),
          new Axis(
              "network.hidden",
              "network.hidden",
              new Domain.Values(
                  List.of(new AxisValue.Text("[50,50]"), new AxisValue.Text("[100]")))));

  @Test
  void aRowGivesItsConfigurationBack() {
    TreeMap<String, AxisValue> values = new TreeMap<>();
    values.put("training.lambda", new AxisValue.Number(StrictMath.pow(10, -2.2)));
    values.put("network.hidden", new AxisValue.Text("[50,50]"));
    Configuration configuration = new Configuration(values);
    Map<String, String> settings =
        Map.of(
            "training.lambda",
            Double.toString(StrictMath.pow(10, -2.2)),
            "network.hidden",
            "[50, 50]",
            "training.batch-size",
            "100");
    assertThat(Coordinates.read(AXES, settings).id()).isEqualTo(configuration.id());
    assertThat(Coordinates.brief(AXES, configuration))
        .isEqualTo("network.hidden = [50,50], lambda = 0.00631");
  }

  @Test
  void wordsThatJavaWouldReadAsNumbersStayWords() {
    Axis axis = AXES.get(1);
    for (String text : List.of("1d", "NaN", "0x10", "true")) {
      assertThat(Coordinates.read(axis, Map.of("network.hidden", text)))
          .isEqualTo(new AxisValue.Text(text));
    }
  }

  @Test
  void aRowThatIsAnotherConfigurationIsNotPicked() {
    LeaderboardRow row =
        new LeaderboardRow(1, "abc", "done", 1, 0.5, null, 0, Map.of("training.lambda", "0.1"));
    assertThatThrownBy(() -> Selection.ranked("coarse", AXES.subList(0, 1), List.of(row), ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must give its configuration abc");
  }
}
