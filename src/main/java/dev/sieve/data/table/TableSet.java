package dev.sieve.data.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sieve.data.DataSelection;
import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.data.DataSet;
import dev.sieve.data.ExampleView;
import dev.sieve.data.Examples;
import dev.sieve.data.LabelledRows;
import dev.sieve.data.PreparedData;
import dev.sieve.data.Shares;
import dev.sieve.data.Split;
import dev.sieve.data.Standardiser;
import dev.sieve.error.UserException;
import dev.sieve.random.Seed;
import dev.sieve.random.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table's rows in the order of their values, before anything is made of them: what columns become
 * is fitted on each selection's training rows. Which rows are the test set is the data set's, not a
 * study's: studies of different seeds test on the same rows.
 */
public final class TableSet implements DataSet {
  private static final long serialVersionUID = 1;

  /** The data set's name in results. */
  public static final String NAME = "table";

  private final RawColumn[] columns;
  private final short[] labels;
  private final String[] classNames;

  /** Indices of rows, in order. */
  private final int[] training;

  private final int[] test;
  private final int whole;
  private final int maxCategories;
  private final String fingerprint;

  /**
   * @param columns features by their names
   * @param words the label
   * @param first rows of the first table
   * @param second rows of a second one, behind them
   */
  TableSet(
      TableSource source, List<RawColumn> columns, RawColumn.Words words, int first, int second) {
    this.columns = columns.toArray(new RawColumn[0]);
    int[] classOf = classes(words.dictionary());
    if (classOf.length < 2 || classOf.length > Examples.MOST_CLASSES) {
      throw new UserException(
          "a label must have 2 to %s classes, but %s has %s in %s rows: name another column in data.table.label (regression is not there yet)"
              .formatted(Examples.MOST_CLASSES, words.name(), classOf.length, words.rows()));
    }
    this.classNames = new String[classOf.length];
    for (int code = 0; code < classOf.length; code++) {
      classNames[classOf[code]] = words.dictionary().get(code);
    }
    this.labels = new short[words.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (short) classOf[words.code(row)];
    }
    this.maxCategories = source.maxCategories();
    if (second > 0) {
      this.training = IntStream.range(0, first).toArray();
      this.test = IntStream.range(first, first + second).toArray();
    } else {
      int count = Shares.of(source.testShare(), first);
      if (source.testShare() > 0 && count < 1 || count > first - 2) {
        throw new UserException(
            "data.test must leave rows to test on and rows to train on, but %s of %s rows are %s: give another share, or more rows"
                .formatted(source.testShare(), first, count));
      }
      int[] drawn = Seed.of(0, "test-rows").draws().permutation(first);
      this.test = Arrays.copyOf(drawn, count);
      this.training = Arrays.copyOfRange(drawn, count, first);
      Arrays.sort(test);
      Arrays.sort(training);
    }
    this.whole = first;
    this.fingerprint = fingerprint(source, words);
  }

  /** Numbers in their order, texts in theirs. */
  private static int[] classes(List<String> dictionary) {
    boolean numbers = dictionary.stream().allMatch(text -> text.matches("-?\\d{1,15}"));
    Comparator<Integer> order =
        numbers
            ? Comparator.comparing(code -> Long.parseLong(dictionary.get(code)))
            : Comparator.naturalOrder();
    List<Integer> codes = IntStream.range(0, dictionary.size()).boxed().sorted(order).toList();
    int[] classOf = new int[dictionary.size()];
    for (int label = 0; label < classOf.length; label++) {
      classOf[codes.get(label)] = label;
    }
    return classOf;
  }

  /** Of everything that decides what a selection and a seed become. */
  private String fingerprint(TableSource source, RawColumn.Words words) {
    String head =
        "sieve-table-1|%s|%s|%s|%s"
            .formatted(training.length, test.length, source.testShare(), maxCategories);
    List<RawColumn> all = new ArrayList<>(Arrays.asList(columns));
    all.add(words);
    Stream<byte[]> parts = Stream.of(head.getBytes(UTF_8));
    for (RawColumn column : all) {
      String kind = column.getClass().getSimpleName();
      String title = "%s|%s|%s".formatted(column.name().length(), column.name(), kind);
      parts = Stream.concat(parts, Stream.concat(Stream.of(title.getBytes(UTF_8)), column.bytes()));
    }
    return Sha256.hex(parts).substring(0, 16);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public SortedMap<String, String> parts() {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put("rows", "%s + %s".formatted(training.length, test.length));
    for (RawColumn column : columns) {
      parts.put("column." + column.name(), column.summary());
    }
    return parts;
  }

  @Override
  public String examples() {
    return "rows";
  }

  @Override
  public List<String> classNames() {
    return Arrays.asList(classNames);
  }

  @Override
  public int classes() {
    return classNames.length;
  }

  @Override
  public int training() {
    return training.length;
  }

  @Override
  public int test() {
    return test.length;
  }

  @Override
  public int whole() {
    return whole;
  }

  @Override
  public int[] trainingPerClass() {
    return perClass(training);
  }

  @Override
  public int[] testPerClass() {
    return perClass(test);
  }

  private int[] perClass(int[] rows) {
    int[] counts = new int[classNames.length];
    for (int row : rows) {
      counts[labels[row]]++;
    }
    return counts;
  }

  @Override
  public long bytes(DataSelection selection, long seed) {
    return raw() + 4L * labels.length * inputs(selection, seed);
  }

  private long raw() {
    return Arrays.stream(columns).mapToLong(column -> column.size()).sum() + 2L * labels.length;
  }

  @Override
  public int inputs(DataSelection selection, long seed) {
    return encoding(Split.of(this, selection, seed), selection).inputs().size();
  }

  @Override
  public PreparedData prepare(DataSelection selection, long seed) {
    Split split = Split.of(this, selection, seed);
    Encoding encoding = encoding(split, selection);
    int inputs = encoding.inputs().size();
    LabelledRows rows =
        new LabelledRows(inputs, encoding.encode(labels.length), labels, classNames());
    ExampleView all = new ExampleView(rows, test);
    return new PreparedData(
        new ExampleView(rows, rows(split.train())),
        selection.validationIsTest() ? all : new ExampleView(rows, rows(split.validation())),
        all,
        Standardiser.identity(inputs),
        encoding.columns());
  }

  private Encoding encoding(Split split, DataSelection selection) {
    Standardisation kind = selection.standardise();
    if (kind == Standardisation.PER_CHANNEL || kind == Standardisation.SCALE) {
      throw new UserException(
          "data.standardise must be per-input, robust or none for a table, but got %s"
              .formatted(kind == Standardisation.SCALE ? "scale" : "per-channel"));
    }
    Encoding encoding =
        Encoding.fit(Arrays.asList(columns), rows(split.train()), kind, maxCategories);
    encoding.requireFinite(labels.length);
    return encoding;
  }

  /** Training rows by their indices in the table. */
  private int[] rows(int[] indices) {
    return Arrays.stream(indices).map(i -> training[i]).toArray();
  }

  /** The table and what its columns become for a selection, for people. */
  public TableReport report(DataSelection selection, long seed) {
    Split split = Split.of(this, selection, seed);
    Encoding encoding = encoding(split, selection);
    return TableReport.of(
        Arrays.asList(columns),
        labels,
        classNames(),
        rows(split.train()),
        test,
        encoding,
        raw() + 4L * labels.length * encoding.inputs().size());
  }
}
