package dev.sieve.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnWeightsTest {
  @Test
  void theLargestComeFirst() {
    ColumnWeights weights =
        ColumnWeights.of(List.of("a", "b", "c"), 2, new double[] {0, 1, 3, -4, 1, 0});
    assertThat(weights.names()).containsExactly("b", "a", "c");
    assertThat(weights.sizes()).containsExactly(Math.sqrt(12.5), Math.sqrt(0.5), Math.sqrt(0.5));
    assertThat(weights.inputs()).isEqualTo(3);
  }

  @Test
  void ofManyThirtyAreShown() {
    List<String> names = IntStream.range(0, 100).mapToObj(i -> "x" + i).toList();
    double[] weights = IntStream.range(0, 100).mapToDouble(i -> i).toArray();
    ColumnWeights shown = ColumnWeights.of(names, 1, weights);
    assertThat(shown.names()).hasSize(30).startsWith("x99", "x98");
    assertThat(shown.inputs()).isEqualTo(100);
    assertThatThrownBy(() -> ColumnWeights.of(names, 2, weights))
        .hasMessageContaining("inputs x units");
  }
}
