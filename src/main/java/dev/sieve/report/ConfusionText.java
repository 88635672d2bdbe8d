package dev.sieve.report;

import dev.sieve.report.TextTable.Align;
import dev.sieve.trial.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;

/** A confusion matrix as a table: a row for each true class, a column for each predicted one. */
public final class ConfusionText {
  private ConfusionText() {}

  /**
   * The matrix with each class's share of right answers at the end of its row.
   *
   * @param names of the classes, in order
   */
  public static List<String> lines(ConfusionMatrix matrix, List<String> names, int width) {
    List<List<Integer>> counts = matrix.counts();
    if (names.size() != counts.size()) {
      throw new IllegalArgumentException(
          "each of %s classes must have a name, but got %s".formatted(counts.size(), names));
    }
    TextTable table = new TextTable().column("true \\ predicted", Align.LEFT);
    names.forEach(name -> table.column(name, Align.RIGHT));
    table.column("right", Align.RIGHT);
    for (int label = 0; label < counts.size(); label++) {
      List<String> cells = new ArrayList<>();
      cells.add(names.get(label));
      long sum = 0;
      for (int count : counts.get(label)) {
        cells.add(Integer.toString(count));
        sum += count;
      }
      cells.add(Numbers.percent(sum == 0 ? null : (double) counts.get(label).get(label) / sum));
      table.row(cells);
    }
    return table.lines(width);
  }
}
