package dev.sieve.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the columns of a table are, what they become for a network, and what is hardly meant so.
 *
 * @param lines a table of text, a line a column
 * @param warnings sentences
 * @param bytes that an executor holds: the rows, and what they become
 */
public record TableReport(List<String> lines, List<String> warnings, long bytes) {
  /** Columns that are listed one by one. */
  private static final int MOST_LINES = 60;

  /** A column of as many values as rows is told of from so many rows on. */
  private static final int FEW_ROWS = 20;

  /**
   * @param training indices of the training rows
   * @param test indices of the test rows
   */
  static TableReport of(
      List<RawColumn> columns,
      short[] labels,
      List<String> classNames,
      int[] training,
      int[] test,
      Encoding encoding,
      long bytes) {
    Map<String, Integer> inputs = new HashMap<>();
    for (ColumnEncoder encoder : encoding.encoders()) {
      inputs.put(encoder.column().name(), encoder.inputs().size());
    }
    List<String> lines = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    lines.add(line("column", "kind", "values in training rows", "inputs"));
    int listed = 0;
    for (RawColumn column : columns) {
      for (RawColumn part : column.parts()) {
        if (listed++ < MOST_LINES) {
          lines.add(
              line(
                  part.name(),
                  part instanceof RawColumn.Words ? "category" : "number",
                  values(part, training),
                  inputs.containsKey(part.name())
                      ? inputs.get(part.name()).toString()
                      : "dropped"));
        }
        warn(part, labels, classNames.size(), training, warnings);
      }
    }
    if (listed > MOST_LINES) {
      lines.add("… and " + (listed - MOST_LINES) + " more columns");
    }
    lines.add(line("all", "", "", Integer.toString(encoding.inputs().size())));
    for (String name : encoding.dropped()) {
      warnings.add(name + " is the same in every training row, and is left out");
    }
    warn(columns, labels, classNames, training, test, warnings);
    return new TableReport(List.copyOf(lines), List.copyOf(warnings), bytes);
  }

  private static String line(String name, String kind, String values, String inputs) {
    return String.format(Locale.ROOT, "%-24s %-9s %-40s %7s", name, kind, values, inputs);
  }

  private static String values(RawColumn column, int[] training) {
    int missing = 0;
    String range;
    if (column instanceof RawColumn.Numbers numbers) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int row : training) {
        if (numbers.missing(row)) {
          missing++;
        } else {
          least = Math.min(least, numbers.value(row));
          most = Math.max(most, numbers.value(row));
        }
      }
      range =
          least > most
              ? "none"
              : RawColumn.Numbers.text(least) + " … " + RawColumn.Numbers.text(most);
    } else {
      RawColumn.Words words = (RawColumn.Words) column;
      boolean[] seen = new boolean[words.dictionary().size()];
      int distinct = 0;
      for (int row : training) {
        int code = words.code(row);
        missing += code < 0 ? 1 : 0;
        if (code >= 0 && !seen[code]) {
          seen[code] = true;
          distinct++;
        }
      }
      range = distinct + (distinct == 1 ? " value" : " values");
    }
    return missing == 0 ? range : range + ", " + missing + " null";
  }

  /** Of whole rows and of classes. */
  private static void warn(
      List<RawColumn> columns,
      short[] labels,
      List<String> classNames,
      int[] training,
      int[] test,
      List<String> warnings) {
    boolean[] trained = new boolean[classNames.size()];
    BitSet trains = new BitSet();
    for (int row : training) {
      trained[labels[row]] = true;
      trains.set(row);
    }
    for (int label = 0; label < trained.length; label++) {
      if (!trained[label]) {
        warnings.add("class %s has no training row".formatted(classNames.get(label)));
      }
    }
    BitSet tests = new BitSet();
    Arrays.stream(test).forEach(tests::set);
    int[] order = RawColumn.sorted(columns, labels.length);
    int known = 0;
    for (int from = 0, to; from < order.length; from = to) {
      int tested = 0;
      boolean seen = false;
      for (to = from; to < order.length && equal(columns, order[from], order[to]); to++) {
        tested += tests.get(order[to]) ? 1 : 0;
        seen |= trains.get(order[to]);
      }
      known += seen ? tested : 0;
    }
    if (known > 0) {
      warnings.add(
          "%s of %s test rows have the features of a training row: if rows are there twice, take them once with SELECT DISTINCT in data.table.sql"
              .formatted(known, test.length));
    }
  }

  private static boolean equal(List<RawColumn> columns, int a, int b) {
    return columns.stream().allMatch(column -> column.compare(a, b) == 0);
  }

  private static void warn(
      RawColumn column, short[] labels, int classes, int[] training, List<String> warnings) {
    Map<Object, Integer> labelOf = new HashMap<>();
    boolean decides = true;
    for (int row : training) {
      Object value =
          column instanceof RawColumn.Words words
              ? (Object) words.code(row)
              : ((RawColumn.Numbers) column).missing(row)
                  ? "null"
                  : (Object) ((RawColumn.Numbers) column).value(row);
      Integer before = labelOf.putIfAbsent(value, (int) labels[row]);
      decides &= before == null || before == labels[row];
    }
    boolean words = column instanceof RawColumn.Words;
    if (training.length >= FEW_ROWS && labelOf.size() == training.length && words(column)) {
      warnings.add(
          "%s has another value in every row, as a key has, and says nothing of other rows: leave it out with data.drop"
              .formatted(column.name()));
    } else if (decides && labelOf.size() <= 2 * classes && labelOf.size() > 1) {
      warnings.add(
          "%s says the label by itself: if it is known only afterwards, leave it out with data.drop"
              .formatted(column.name()));
    } else if (words && labelOf.size() > training.length / 2) {
      warnings.add(
          "%s has %s values in %s rows: most are seen once, and teach nothing"
              .formatted(column.name(), labelOf.size(), training.length));
    }
  }

  /** Texts, or whole numbers: measured ones differ in every row as well. */
  private static boolean words(RawColumn column) {
    if (!(column instanceof RawColumn.Numbers numbers)) {
      return true;
    }
    for (int row = 0; row < numbers.rows(); row++) {
      double value = numbers.value(row);
      if (value != Math.rint(value) || Math.abs(value) >= RawColumn.Numbers.EXACT) {
        return false;
      }
    }
    return true;
  }
}
