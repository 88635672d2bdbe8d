package dev.sieve.spark.sql;

import dev.sieve.data.table.ColumnInfo;
import dev.sieve.data.table.ColumnInfo.Kind;
import dev.sieve.data.table.RawColumn;
import dev.sieve.data.table.RowReader;
import dev.sieve.data.table.TableOrigin;
import dev.sieve.error.ErrorText;
import dev.sieve.error.UserException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Rows of whatever Spark reads, brought to the driver. */
public final class SparkRowReader implements RowReader {
  /** Of the heap, what rows may take before columns are made of them. */
  private static final double SHARE = 0.5;

  /** Bytes that a text takes, about. */
  private static final int TEXT_BYTES = 64;

  private final SparkSession spark;

  public SparkRowReader(SparkSession spark) {
    this.spark = spark;
  }

  @Override
  public OpenTable open(TableOrigin origin) {
    Dataset<Row> rows;
    List<ColumnInfo> columns = new ArrayList<>();
    try {
      rows = dataset(origin);
      for (StructField field : rows.schema().fields()) {
        columns.add(
            new ColumnInfo(field.name(), kind(field.dataType()), field.dataType().simpleString()));
      }
    } catch (Exception e) {
      throw unreadable(origin, e);
    }
    return new OpenTable() {
      @Override
      public List<ColumnInfo> columns() {
        return columns;
      }

      @Override
      public List<RawColumn> read(List<ColumnInfo> chosen) {
        try {
          return rows(origin, rows, columns, chosen);
        } catch (Exception e) {
          throw unreadable(origin, e);
        }
      }
    };
  }

  private Dataset<Row> dataset(TableOrigin origin) {
    return switch (origin.kind()) {
      case NAME -> spark.table(origin.place());
      // In parentheses nothing is a command.
      case SQL ->
          spark.sql(
              "SELECT * FROM (\n" + origin.place().strip().replaceFirst(";\\s*$", "") + "\n)");
      case PATH -> {
        String format = format(origin);
        Map<String, String> options = new HashMap<>();
        if (format.equals("csv")) {
          options.put("header", "true");
          options.put("inferSchema", "true");
          options.put("escape", "\"");
          // So that rows of too few or too many fields are seen, whichever columns are read.
          options.put("columnPruning", "false");
        }
        // What cannot be read is told, and not left out.
        options.put("mode", "FAILFAST");
        origin.options().forEach((name, value) -> put(options, name, value));
        if (format.equals("csv")) {
          requireDistinctNames(origin, options);
        }
        yield spark.read().format(format).options(options).load(origin.place());
      }
    };
  }

  /** Of two columns of one name Spark makes two of other names, which nobody wrote. */
  private void requireDistinctNames(TableOrigin origin, Map<String, String> options) {
    Map<String, String> plain = new HashMap<>(options);
    String header = put(plain, "header", "false");
    put(plain, "inferSchema", "false");
    if (!"true".equalsIgnoreCase(header)) {
      return;
    }
    List<Row> first = spark.read().format("csv").options(plain).load(origin.place()).takeAsList(1);
    if (first.isEmpty()) {
      return;
    }
    Row line = first.get(0);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < line.length(); i++) {
      String name = line.isNullAt(i) ? "" : line.getString(i);
      if (!name.isEmpty() && !names.add(name.toLowerCase(Locale.ROOT))) {
        throw new UserException(
            "columns must have names that differ, capitals aside, but %s has %s twice in its first line: give one another name"
                .formatted(origin.text(), name));
      }
    }
  }

  /**
   * Names of options are the same in capitals.
   *
   * @return the value before
   */
  private static @Nullable String put(Map<String, String> options, String name, String value) {
    String before = null;
    for (String known : List.copyOf(options.keySet())) {
      if (known.equalsIgnoreCase(name)) {
        before = options.remove(known);
      }
    }
    options.put(name, value);
    return before;
  }

  private static String format(TableOrigin origin) {
    if (!origin.format().equals("auto")) {
      return origin.format();
    }
    String name = origin.place().toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
    name = name.replaceFirst("\\.(gz|bz2|zst|lz4|snappy|deflate)$", "");
    for (String format : List.of("csv", "parquet", "orc", "json")) {
      if (name.endsWith("." + format)) {
        return format;
      }
    }
    throw new UserException(
        "the format of a table's files must be known, but %s does not end in .csv, .parquet, .orc or .json: set data.table.format"
            .formatted(origin.place()));
  }

  private static Kind kind(DataType type) {
    if (type instanceof NumericType) {
      return Kind.NUMBER;
    }
    if (type instanceof StringType || type instanceof BooleanType) {
      return Kind.TEXT;
    }
    String text = type.typeName();
    if (text.startsWith("char") || text.startsWith("varchar")) {
      return Kind.TEXT;
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType
        || isVector(type)) {
      return Kind.VECTOR;
    }
    return text.startsWith("date") || text.startsWith("time") || text.contains("interval")
        ? Kind.TIME
        : Kind.OTHER;
  }

  /** Of Spark's machine learning, which need not be in the class path. */
  private static boolean isVector(DataType type) {
    return type.getClass().getName().endsWith("ml.linalg.VectorUDT");
  }

  private static List<RawColumn> rows(
      TableOrigin origin, Dataset<Row> table, List<ColumnInfo> all, List<ColumnInfo> chosen) {
    // By their places: a name may have dots or quotes, or differ from another by a capital.
    String[] places = new String[all.size()];
    Arrays.setAll(places, i -> "c" + i);
    Dataset<Row> named = table.toDF(places);
    List<Column> selected = new ArrayList<>();
    List<Values> values = new ArrayList<>();
    for (ColumnInfo column : chosen) {
      int place = all.indexOf(column);
      Column read = functions.col(places[place]);
      DataType type = table.schema().fields()[place].dataType();
      selected.add(
          switch (column.kind()) {
            case NUMBER -> read.cast("double");
            case VECTOR -> isVector(type) ? read : read.cast("array<double>");
            default -> read.cast("string");
          });
      values.add(
          switch (column.kind()) {
            case NUMBER -> new NumberValues(column.name());
            case VECTOR -> new VectorValues(column.name());
            default -> new TextValues(column.name());
          });
    }
    long room = (long) (SHARE * Runtime.getRuntime().maxMemory());
    long taken = 0;
    Iterator<Row> rows = named.select(selected.toArray(new Column[0])).toLocalIterator();
    for (int row = 0; rows.hasNext(); row++) {
      Row next = rows.next();
      for (int i = 0; i < values.size(); i++) {
        taken += values.get(i).add(next, i);
      }
      if (taken > room) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "a table must fit into the driver's memory, but %s takes more than %d MB after %,d rows: take fewer rows or columns in data.table.sql, or give more with --driver-memory",
                origin.text(),
                room >> 20,
                row + 1));
      }
    }
    return values.stream().map(Values::column).toList();
  }

  private static UserException unreadable(TableOrigin origin, Exception e) {
    if (e instanceof UserException known) {
      return known;
    }
    String stopped = SieveSession.stopped(e);
    return new UserException(
        stopped != null
            ? stopped
            : "a table must be readable, but %s is not: %s; check data.table"
                .formatted(origin.text(), reason(e)),
        e);
  }

  /** What lies under a task's failure says more than that a job was aborted. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause().getMessage() != null) {
      cause = cause.getCause();
    }
    return ErrorText.firstLines(cause).lines().findFirst().orElse(cause.toString());
  }

  /** A column's values as they come. */
  private interface Values {
    /** Returns bytes that were added, about. */
    int add(Row row, int place);

    RawColumn column();
  }

  private static final class NumberValues implements Values {
    private final String name;
    private double[] values = new double[1024];
    private boolean[] missing = new boolean[1024];
    private int count;

    NumberValues(String name) {
      this.name = name;
    }

    @Override
    public int add(Row row, int place) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
        missing = Arrays.copyOf(missing, 2 * count);
      }
      missing[count] = row.isNullAt(place);
      values[count] = missing[count] ? 0 : row.getDouble(place);
      count++;
      return 9;
    }

    @Override
    public RawColumn column() {
      return new RawColumn.Numbers(
          name, Arrays.copyOf(values, count), Arrays.copyOf(missing, count));
    }
  }

  private static final class TextValues implements Values {
    private final String name;
    private final List<@Nullable String> values = new ArrayList<>();
    private final Map<String, String> known = new HashMap<>();

    TextValues(String name) {
      this.name = name;
    }

    @Override
    public int add(Row row, int place) {
      if (row.isNullAt(place)) {
        values.add(null);
        return 8;
      }
      String text = row.getString(place);
      String before = known.putIfAbsent(text, text);
      values.add(before == null ? text : before);
      return before == null ? TEXT_BYTES + text.length() : 8;
    }

    @Override
    public RawColumn column() {
      return new RawColumn.Words(name, values);
    }
  }

  private static final class VectorValues implements Values {
    private final String name;
    private double[] values = new double[1024];
    private int width = -1;
    private int rows;

    VectorValues(String name) {
      this.name = name;
    }

    @Override
    public int add(Row row, int place) {
      double[] next = row.isNullAt(place) ? new double[0] : numbers(row.get(place));
      if (width < 0) {
        width = next.length;
      }
      if (next.length != width || width == 0) {
        throw new UserException(
            "an array must have equally many numbers in every row, but %s has %s in one and %s in another: leave such rows out in data.table.sql, or the column with data.drop"
                .formatted(name, width, row.isNullAt(place) ? "NULL" : next.length));
      }
      if ((rows + 1) * (long) width > Integer.MAX_VALUE - 8) {
        throw new UserException(
            "a table must fit into one array of 2,147,483,639 numbers, but %s does not: take fewer rows"
                .formatted(name));
      }
      if ((rows + 1) * width > values.length) {
        values =
            Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8, 2L * (rows + 1) * width));
      }
      System.arraycopy(next, 0, values, rows * width, width);
      rows++;
      return 8 * width;
    }

    private double[] numbers(Object value) {
      if (value instanceof scala.collection.Seq<?> seq) {
        double[] numbers = new double[seq.length()];
        for (int i = 0; i < numbers.length; i++) {
          Object number = seq.apply(i);
          if (number == null) {
            throw new UserException(
                "an array's numbers must all be there, but %s has a NULL among them: leave such rows out in data.table.sql, or the column with data.drop"
                    .formatted(name));
          }
          numbers[i] = (Double) number;
        }
        return numbers;
      }
      try {
        return (double[]) value.getClass().getMethod("toArray").invoke(value);
      } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("a vector of Spark must have toArray()", e);
      }
    }

    @Override
    public RawColumn column() {
      return new RawColumn.Vectors(
          name, Math.max(1, width), Arrays.copyOf(values, rows * Math.max(1, width)));
    }
  }
}
