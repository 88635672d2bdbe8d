package dev.sieve.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.report.TextTable.Align;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static TextTable table() {
    return new TextTable()
        .column("name", Align.LEFT)
        .column("n", Align.RIGHT)
        .row("airplane", "7")
        .row("a λ with\n a break", "1000");
  }

  @Test
  void columnsAreAligned() {
    assertThat(table().lines())
        .containsExactly(
            "name                 n",
            "----------------  ----",
            "airplane             7",
            "a λ with a break  1000");
  }

  @Test
  void theWidestColumnGivesWay() {
    assertThat(table().lines(16))
        .containsExactly(
            "name           n", "----------  ----", "airplane       7", "a λ with …  1000");
    assertThat(table().lines(1)).allMatch(line -> line.length() <= 10);
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThatThrownBy(() -> table().row("one"))
        .hasMessageContaining("a row must have 2 cells, but got [one]");
    assertThatThrownBy(() -> table().column("late", Align.LEFT))
        .hasMessageContaining("columns must come before rows");
  }
}
