package dev.sieve.report;

import java.util.ArrayList;
import java.util.Arrays;
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

  /** A text of a {@link #fitted} table is shortened to this and no further. */
  private static final int SHORTEST = 8;

  /** So many columns that were left out are named. */
  private static final int NAMED = 8;

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
          "a row must have %s cells, but got %s".formatted(columns.size(), cells));
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

  /**
   * The table within a width: texts are shortened first, but never numbers; then the last columns
   * are left out, and a last line says which.
   */
  public List<String> fitted(int width) {
    int[] least = new int[columns.size()];
    for (int i = 0; i < least.length; i++) {
      int natural = natural(i);
      boolean text = columns.get(i).align() == Align.LEFT;
      least[i] = text ? Math.min(natural, Math.max(SHORTEST, length(heading(i)))) : natural;
    }
    int kept = columns.size();
    while (kept > 1 && total(least, kept) > width) {
      kept--;
    }
    if (kept == columns.size()) {
      return lines(width);
    }
    TextTable narrower = new TextTable();
    columns.subList(0, kept).forEach(c -> narrower.column(c.heading(), c.align()));
    for (List<String> row : rows) {
      narrower.row(row.subList(0, kept));
    }
    List<String> lines = new ArrayList<>(narrower.lines(width));
    List<String> missing =
        columns.subList(kept, columns.size()).stream().map(Column::heading).toList();
    List<String> named = missing.subList(0, Math.min(NAMED, missing.size()));
    lines.add(
        "left out to fit %s characters: %s%s"
            .formatted(
                width,
                String.join(", ", named),
                missing.size() > NAMED ? " and %s more".formatted(missing.size() - NAMED) : ""));
    return lines;
  }

  private String heading(int column) {
    return columns.get(column).heading();
  }

  private int natural(int column) {
    int width = length(heading(column));
    for (List<String> row : rows) {
      width = Math.max(width, length(row.get(column)));
    }
    return width;
  }

  private static int total(int[] widths, int count) {
    int total = GAP.length() * Math.max(0, count - 1);
    for (int i = 0; i < count; i++) {
      total += widths[i];
    }
    return total;
  }

  /** The table in full width. */
  public List<String> lines() {
    return lines(Integer.MAX_VALUE);
  }

  private int[] widths(int limit) {
    int[] widths = new int[columns.size()];
    long total = (long) GAP.length() * Math.max(0, widths.length - 1);
    for (int i = 0; i < widths.length; i++) {
      widths[i] = natural(i);
      total += widths[i];
    }
    while (total > limit) {
      int widest = widest(widths);
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
      total--;
    }
    return widths;
  }

  /** The widest column that may be cut: of texts while one is wide enough to be understood. */
  private int widest(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean text = columns.get(i).align() == Align.LEFT && widths[i] > SHORTEST;
      if (text && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    for (int i = 0; widest < 0 && i < widths.length; i++) {
      int largest = Arrays.stream(widths).max().orElse(0);
      widest = widths[i] == largest ? i : widest;
    }
    return Math.max(0, widest);
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
