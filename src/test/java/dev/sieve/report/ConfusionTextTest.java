package dev.sieve.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.trial.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionTextTest {
  private static ConfusionMatrix matrix(int classes) {
    List<List<Integer>> counts = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      List<Integer> row = new ArrayList<>(Collections.nCopies(classes, 0));
      row.set(label, 10);
      counts.add(row);
    }
    counts.get(3).set(7, 30);
    counts.get(5).set(1, 2);
    return new ConfusionMatrix(counts);
  }

  private static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(i -> "c" + i).toList();
  }

  @Test
  void fiftyClassesAreAMatrix() {
    List<String> lines = ConfusionText.lines(matrix(50), names(50), 400);
    assertThat(lines).hasSize(52);
    assertThat(lines.get(2 + 3)).startsWith("c3").endsWith("25.00 %");
  }

  @Test
  void ofMoreClassesTheWorstPairsAreTold() {
    List<String> lines = ConfusionText.lines(matrix(51), names(51), 120);
    assertThat(lines)
        .containsExactly(
            "true  taken for  times  of its class",
            "----  ---------  -----  ------------",
            "c3    c7            30       75.00 %",
            "c5    c1             2       16.67 %");
  }
}
