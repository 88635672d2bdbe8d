package dev.sieve.data.table;

import dev.sieve.data.table.ColumnInfo.Kind;
import dev.sieve.error.DidYouMean;
import dev.sieve.error.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which rows and columns of which table.
 *
 * @param rows the table, or the training rows where {@code testRows} is there
 * @param testRows a second table, whose rows are the test set; null for a share of the first
 * @param testShare of the rows that are the test set, in (0, 1); 0 where {@code testRows} is there,
 *     or none tests
 * @param label the column with the classes
 * @param features columns to learn from; empty for all but the label and those dropped
 * @param drop columns to leave out
 * @param categorical columns of numbers that are categories
 * @param allCategorical whether every column is
 * @param maxCategories that have an input of their own in each column
 */
public record TableSource(
    TableOrigin rows,
    @Nullable TableOrigin testRows,
    double testShare,
    String label,
    List<String> features,
    List<String> drop,
    List<String> categorical,
    boolean allCategorical,
    int maxCategories) {
  /** What doubles hold with room for differences of two. */
  private static final double LARGEST = 1e300;

  /** Texts of which more than this are numbers are thought to be numbers, badly written. */
  private static final double MOSTLY = 0.5;

  /**
   * Reads all rows.
   *
   * @throws UserException if the table cannot be used, with the remedy
   */
  public TableSet load(RowReader reader) {
    List<RawColumn> columns = read(reader.open(rows), rows);
    RawColumn.Words labels = (RawColumn.Words) columns.remove(columns.size() - 1);
    int first = labels.rows();
    int second = 0;
    List<RawColumn> all = sorted(columns, labels);
    if (testRows != null) {
      List<RawColumn> others = read(reader.open(testRows), testRows);
      RawColumn.Words otherLabels = (RawColumn.Words) others.remove(others.size() - 1);
      second = otherLabels.rows();
      all = joined(all, sorted(others, otherLabels));
    }
    RawColumn.Words every = (RawColumn.Words) all.remove(all.size() - 1);
    return new TableSet(this, all, every, first, second);
  }

  /** Features by their names, then the label; rows in their order. */
  private static List<RawColumn> sorted(List<RawColumn> features, RawColumn.Words label) {
    List<RawColumn> all = new ArrayList<>(features);
    all.sort(Comparator.comparing(RawColumn::name));
    all.add(label);
    int[] order = RawColumn.sorted(all, label.rows());
    List<RawColumn> moved = new ArrayList<>();
    all.forEach(column -> moved.add(column.rows(order)));
    return moved;
  }

  private List<RawColumn> joined(List<RawColumn> first, List<RawColumn> second) {
    Map<String, RawColumn> byName = new TreeMap<>();
    second.forEach(column -> byName.put(column.name(), column));
    List<RawColumn> joined = new ArrayList<>();
    for (RawColumn a : first) {
      RawColumn b = byName.remove(a.name());
      if (b == null || !kind(a).equals(kind(b))) {
        throw unlike(a.name(), kind(a), b == null ? "missing" : kind(b));
      }
      joined.add(a.and(b));
    }
    for (RawColumn more : byName.values()) {
      throw unlike(more.name(), "missing", kind(more));
    }
    return joined;
  }

  private static String kind(RawColumn column) {
    return column instanceof RawColumn.Vectors vectors
        ? "%s numbers in an array".formatted(vectors.width())
        : column instanceof RawColumn.Numbers ? "a number" : "a text";
  }

  private UserException unlike(String column, String first, String second) {
    return new UserException(
        "both tables must have the same columns of the same kinds, but %s is %s in %s and %s in %s: name the columns in data.features, or make them alike in data.test { sql = ... }"
            .formatted(
                column, first, rows.text(), second, testRows == null ? "" : testRows.text()));
  }

  /** Features, and the label as words behind them. */
  private List<RawColumn> read(RowReader.OpenTable table, TableOrigin origin) {
    List<ColumnInfo> chosen = choose(table.columns(), origin);
    List<RawColumn> read = new ArrayList<>(table.read(chosen));
    RawColumn target = read.get(read.size() - 1);
    if (target.rows() == 0) {
      throw new UserException(
          "a table must have rows, but %s has none: check what is read".formatted(origin.text()));
    }
    read.set(read.size() - 1, labels(target, origin));
    for (int i = 0; i < read.size() - 1; i++) {
      RawColumn column = read.get(i);
      if (column instanceof RawColumn.Numbers numbers) {
        boolean category = allCategorical || categorical.contains(column.name());
        requireFinite(numbers);
        if (category) {
          requireExact(numbers);
        }
        read.set(i, category ? numbers.words() : numbers);
      } else if (column instanceof RawColumn.Vectors vectors) {
        vectors.parts().forEach(part -> requireFinite((RawColumn.Numbers) part));
      } else if (column instanceof RawColumn.Words words && !allCategorical) {
        requireNoNumbers(words);
      }
    }
    return read;
  }

  /** The columns that are features, in the table's order, and the label last. */
  private List<ColumnInfo> choose(List<ColumnInfo> columns, TableOrigin origin) {
    List<String> names = columns.stream().map(ColumnInfo::name).toList();
    Set<String> twice = new HashSet<>();
    for (String name : names) {
      if (!twice.add(name)) {
        throw new UserException(
            "every column must have a name of its own, but %s has %s twice: name them in data.table.sql"
                .formatted(origin.text(), name));
      }
    }
    require("data.table.label", label, names, origin);
    features.forEach(name -> require("data.features", name, names, origin));
    drop.forEach(name -> require("data.drop", name, names, origin));
    categorical.forEach(name -> require("data.categorical", name, names, origin));
    if (features.contains(label)) {
      throw new UserException(
          "the label must not be a feature, but data.features names %s: remove it there"
              .formatted(label));
    }
    List<ColumnInfo> chosen = new ArrayList<>();
    for (ColumnInfo column : columns) {
      boolean wanted = features.isEmpty() || features.contains(column.name());
      if (wanted && !column.name().equals(label) && !drop.contains(column.name())) {
        requireUsable(column);
        chosen.add(column);
      }
    }
    if (chosen.isEmpty()) {
      throw new UserException(
          "a table must have a column beside the label, but %s has none that is wanted: check data.features and data.drop"
              .formatted(origin.text()));
    }
    columns.stream().filter(column -> column.name().equals(label)).forEach(chosen::add);
    return chosen;
  }

  private static void require(String key, String name, List<String> names, TableOrigin origin) {
    if (!names.contains(name)) {
      throw new UserException(
          "%s must name columns of %s, but it has no %s; %s"
              .formatted(key, origin.text(), name, remedy(name, names)));
    }
  }

  private static String remedy(String name, List<String> names) {
    if (names.isEmpty()) {
      return "it has no columns at all: check that the file is not empty";
    }
    String only = names.get(0);
    for (String separator : List.of(";", "\t", "|")) {
      if (names.size() == 1 && only.contains(separator)) {
        return "its only column is '%s': set data.table.options { sep = \"%s\" }"
            .formatted(only, separator.equals("\t") ? "\\t" : separator);
      }
    }
    return DidYouMean.remedy(name, names);
  }

  private static void requireUsable(ColumnInfo column) {
    if (column.kind() == Kind.TIME || column.kind() == Kind.OTHER) {
      throw new UserException(
          "a feature must be a number, a text, true or false, or numbers in an array, but %s is %s %s: leave it out with data.drop = [\"%s\"], or make %s of it in data.table.sql"
              .formatted(
                  column.name(),
                  column.kind() == Kind.TIME ? "a" : "of type",
                  column.type(),
                  column.name(),
                  column.kind() == Kind.TIME
                      ? "numbers such as year(%s) and dayofweek(%1$s)".formatted(column.name())
                      : "numbers or texts"));
    }
  }

  private RawColumn.Words labels(RawColumn column, TableOrigin origin) {
    if (column instanceof RawColumn.Vectors) {
      throw new UserException(
          "a label must be a number, a text, or true or false, but %s is an array: name another column in data.table.label"
              .formatted(label));
    }
    if (column instanceof RawColumn.Numbers numbers) {
      for (int row = 0; row < numbers.rows(); row++) {
        double value = numbers.value(row);
        if (!numbers.missing(row) && value != Math.rint(value)) {
          throw new UserException(
              "a label of numbers must have whole ones, each a class, but %s has %s: regression is not there yet; make classes of it in data.table.sql, or name another column"
                  .formatted(label, value));
        }
      }
      requireExact(numbers);
    }
    RawColumn.Words words =
        column instanceof RawColumn.Numbers numbers ? numbers.words() : (RawColumn.Words) column;
    int missing = 0;
    for (int row = 0; row < words.rows(); row++) {
      missing += words.code(row) < 0 ? 1 : 0;
    }
    if (missing > 0) {
      throw new UserException(
          "every row must have a label, but %s is null in %s of %s rows of %s: leave them out in data.table.sql with WHERE %s IS NOT NULL"
              .formatted(label, missing, words.rows(), origin.text(), label));
    }
    int classes = words.dictionary().size();
    if (classes < 2 && origin.equals(rows)) {
      throw new UserException(
          "a label must have two classes at least, but %s is %s in every row of %s: name another column in data.table.label"
              .formatted(label, words.dictionary().get(0), origin.text()));
    }
    return words;
  }

  /** Of classes and categories: two of them must not become one. */
  private static void requireExact(RawColumn.Numbers column) {
    for (int row = 0; row < column.rows(); row++) {
      if (!column.missing(row) && Math.abs(column.value(row)) >= RawColumn.Numbers.EXACT) {
        throw new UserException(
            "numbers that are classes or categories must be below 2^53, where a double holds each of them, but %s has %s: make texts of them in data.table.sql with CAST(%1$s AS string)"
                .formatted(column.name(), column.value(row)));
      }
    }
  }

  private static void requireFinite(RawColumn.Numbers column) {
    int nan = 0;
    int infinite = 0;
    for (int row = 0; row < column.rows(); row++) {
      if (!column.missing(row)) {
        nan += Double.isNaN(column.value(row)) ? 1 : 0;
        infinite += Math.abs(column.value(row)) > LARGEST ? 1 : 0;
      }
    }
    if (nan + infinite > 0) {
      throw new UserException(
          "a feature's numbers must be finite, but %s is %s: make them NULL in data.table.sql (%s), or leave the column out with data.drop"
              .formatted(
                  column.name(),
                  nan > 0
                      ? "NaN in %s of %s rows".formatted(nan, column.rows())
                      : "infinite, or beyond 1e300, in %s of %s rows"
                          .formatted(infinite, column.rows()),
                  nan > 0
                      ? "nanvl(%s, NULL)".formatted(column.name())
                      : "CASE WHEN abs(%s) < 1e300 THEN %1$s END".formatted(column.name())));
    }
  }

  /** A column of numbers with a word among them is read as texts, and is not meant so. */
  private void requireNoNumbers(RawColumn.Words column) {
    if (categorical.contains(column.name())) {
      return;
    }
    List<String> dictionary = column.dictionary();
    boolean[] number = new boolean[dictionary.size()];
    for (int code = 0; code < number.length; code++) {
      number[code] = isNumber(dictionary.get(code));
    }
    int numbers = 0;
    int texts = 0;
    int[] counts = new int[number.length];
    for (int row = 0; row < column.rows(); row++) {
      int code = column.code(row);
      if (code >= 0) {
        counts[code]++;
        numbers += number[code] ? 1 : 0;
        texts += number[code] ? 0 : 1;
      }
    }
    if (texts == 0 || numbers <= MOSTLY * (numbers + texts)) {
      return;
    }
    int odd = 0;
    while (number[odd]) {
      odd++;
    }
    throw new UserException(
        "a column must be of numbers or of categories, but %s has numbers in %s rows and other texts in %s, such as '%s' in %s: make them NULL with data.table.options { nullValue = \"%4$s\" } or in data.table.sql (try_cast(%1$s AS double)), or name the column in data.categorical"
            .formatted(column.name(), numbers, texts, dictionary.get(odd), counts[odd]));
  }

  private static boolean isNumber(String text) {
    return text.strip().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  }
}
