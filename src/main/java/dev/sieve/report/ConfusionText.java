package dev.sieve.report;

import dev.sieve.report.TextTable.Align;
import dev.sieve.trial.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A confusion matrix as a table: a row for each true class, a column for each predicted one. Of
 * many classes the pairs that are confused most often.
 */
public final class ConfusionText {
  /** More classes are not shown as a matrix. */
  private static final int MOST_CLASSES = 50;

  private static final int PAIRS = 20;

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
    if (names.size() > MOST_CLASSES) {
      return worst(counts, names, width);
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

  private record Pair(int label, int predicted, int count, double share) {}

  private static List<String> worst(List<List<Integer>> counts, List<String> names, int width) {
    List<Pair> pairs = new ArrayList<>();
    for (int label = 0; label < counts.size(); label++) {
      long sum = counts.get(label).stream().mapToLong(Integer::longValue).sum();
      for (int predicted = 0; predicted < counts.size(); predicted++) {
        int count = counts.get(label).get(predicted);
        if (label != predicted && count > 0) {
          pairs.add(new Pair(label, predicted, count, (double) count / sum));
        }
      }
    }
    pairs.sort(Comparator.comparing((Pair pair) -> -pair.count()).thenComparing(Pair::label));
    TextTable table =
        new TextTable()
            .column("true", Align.LEFT)
            .column("taken for", Align.LEFT)
            .column("times", Align.RIGHT)
            .column("of its class", Align.RIGHT);
    for (Pair pair : pairs.subList(0, Math.min(PAIRS, pairs.size()))) {
      table.row(
          List.of(
              names.get(pair.label()),
              names.get(pair.predicted()),
              Integer.toString(pair.count()),
              Numbers.percent(pair.share())));
    }
    return table.lines(width);
  }
}
