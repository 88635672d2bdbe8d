package dev.sieve.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.report.FinalText.Measured;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.trial.ConfusionMatrix;
import dev.sieve.trial.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void leaderboardMarksTheBestThreeThatMayBePicked() {
    Axis lambda = new Axis("training.lambda", "lambda", new Domain.Log10(-5, -1, 3));
    List<LeaderboardRow> rows =
        List.of(
            ranked(1, "done", 0.5251, 0.0021, "0.0031622776601683794"),
            ranked(2, "done", 0.51, null, "1.0E-5"),
            ranked(3, "diverged", null, null, "0.1"),
            ranked(4, "failed", null, null, "0.2"));
    assertThat(LeaderboardText.lines(rows, List.of(lambda), 3, 200))
        .containsExactly(
            "   rank  trial    lambda  validation  ± s.e.  n  status    configuration",
            "-  ----  -----  --------  ----------  ------  -  --------  -------------",
            "*     1     10  0.003162     52.51 %    0.21  2  done      id1",
            "*     2     20      1e-5     51.00 %       –  2  done      id2",
            "      3     30       0.1           –       –  2  diverged  id3",
            "… and 1 more");
  }

  @Test
  void confusionHasTheShareOfRightAnswers() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new int[][] {{8, 2}, {0, 0}});
    assertThat(ConfusionText.lines(matrix, List.of("cat", "dog"), 80))
        .containsExactly(
            "true \\ predicted  cat  dog    right",
            "----------------  ---  ---  -------",
            "cat                 8    2  80.00 %",
            "dog                 0    0        –");
  }

  @Test
  void finalFiguresAreMeansWithErrors() {
    List<Measured> untrained = List.of(measured(0.1), measured(0.1));
    List<Measured> trained = List.of(measured(0.52), measured(0.54));
    assertThat(FinalText.lines(untrained, trained, 80))
        .contains(
            "validation  accuracy   10.00 % ± 0.00 (2)   53.00 % ± 1.00 (2)",
            "            loss      2.0000 ± 0.0000 (2)  2.0000 ± 0.0000 (2)",
            "mean ± standard error (replicates)")
        .noneMatch(line -> line.startsWith("test"));
  }

  @Test
  void estimates() {
    assertThat(Estimate.of(List.of(1.0, 2.0, 3.0, 4.0)).standardError())
        .isEqualTo(Math.sqrt(5.0 / 3 / 4));
    assertThat(Estimate.of(List.of(0.5)).percent()).isEqualTo("50.00 % (1)");
  }

  @Test
  void numbersForPeople() {
    assertThat(Numbers.brief(0)).isEqualTo("0");
    assertThat(Numbers.brief(1e-5)).isEqualTo("1e-5");
    assertThat(Numbers.brief(2250)).isEqualTo("2250");
    assertThat(Numbers.scaled(950)).isEqualTo("950");
    assertThat(Numbers.scaled(28.5e9)).isEqualTo("28.5 G");
    assertThat(Numbers.scaled(999_700)).isEqualTo("1 M");
    assertThat(Numbers.percent(null)).isEqualTo("–");
    assertThat(Numbers.duration(Duration.ofMillis(420))).isEqualTo("0.4 s");
    assertThat(Numbers.duration(Duration.ofMillis(9_960))).isEqualTo("10 s");
    assertThat(Numbers.duration(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
    assertThat(Numbers.duration(Duration.ofSeconds(7_800))).isEqualTo("2 h 10 min");
    assertThat(Numbers.duration(Duration.ofHours(50))).isEqualTo("2 d 2 h");
  }

  private static Measured measured(double accuracy) {
    Metrics figures = new Metrics(accuracy, 2, 2.5);
    return new Measured(figures, figures, null);
  }

  private static LeaderboardRow ranked(
      int rank, String status, @Nullable Double accuracy, @Nullable Double error, String lambda) {
    return new LeaderboardRow(
        rank,
        "id" + rank,
        status,
        2,
        accuracy,
        error,
        10 * rank,
        Map.of("training.lambda", lambda));
  }
}
