package dev.sieve.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text under headings. Columns are as wide as their widest cell; where a width is given
 * that they exceed, the widest ones are cut, with an ellipsis where text is missing.
 */
public final class TextTable {
  /** On which side of its column a cell stands. */
  public enum Align {
    LEFT,
    RIGHT
  }

  private static final String GAP = "  ";

  /** Narrower than this a column tells nothing. */
  private static final int NARROWEST = 4;

  private record Column(String heading, Align align) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a column; all columns come before the first row. */
  public TextTable column(String heading, Align align) {
    if (!rows.isEmpty()) {
      throw new IllegalStateException(
          "columns must come before rows, but '" + heading + "' does not");
    }
    columns.add(new Column(heading, align));
    return this;
  }

  /** Adds a row with a cell for each column. Line breaks within a cell become spaces. */
  public TextTable row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "a row must have %d cells, but got %s".formatted(columns.size(), cells));
    }
    rows.add(cells.stream().map(cell -> cell.replaceAll("\\s*\\R\\s*", " ")).toList());
    return this;
  }

  public TextTable row(String... cells) {
    return row(List.of(cells));
  }

  /** The table as lines without trailing spaces: headings, a rule, rows. */
  public List<String> lines(int width) {
    int[] widths = widths(width);
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::heading).toList(), widths));
    List<String> rule = new ArrayList<>();
    for (int columnWidth : widths) {
      rule.add("-".repeat(columnWidth));
    }
    lines.add(String.join(GAP, rule));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  /** The table in full width. */
  public List<String> lines() {
    return lines(Integer.MAX_VALUE);
  }

  private int[] widths(int limit) {
    int[] widths = new int[columns.size()];
    long total = (long) GAP.length() * Math.max(0, widths.length - 1);
    for (int i = 0; i < widths.length; i++) {
      widths[i] = length(columns.get(i).heading());
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
      total += widths[i];
    }
    while (total > limit) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
      total--;
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String cell = cut(cells.get(i), widths[i]);
      String space = " ".repeat(widths[i] - length(cell));
      padded.add(columns.get(i).align() == Align.LEFT ? cell + space : space + cell);
    }
    return String.join(GAP, padded).stripTrailing();
  }

  private static String cut(String cell, int width) {
    return length(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
