package dev.sieve.app.text;

import dev.sieve.error.UserException;
import dev.sieve.report.LeaderboardText;
import dev.sieve.report.TextTable;
import dev.sieve.spark.sql.Queries;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** How rows are printed. */
public enum RowFormat {
  /** Columns side by side, numbers rounded for reading. */
  TABLE {
    @Override
    public void print(Dataset<Row> rows, PrintWriter out) {
      TextTable table = new TextTable();
      boolean ranked = ranked(rows.schema());
      if (ranked) {
        table.column("", TextTable.Align.LEFT);
      }
      for (StructField field : rows.schema().fields()) {
        table.column(
            field.name(),
            field.dataType() instanceof NumericType ? TextTable.Align.RIGHT : TextTable.Align.LEFT);
      }
      List<Row> found = Queries.rows(flat(rows));
      if (found.size() == 1
          && rows.columns().length == 1
          && readable(found.get(0).get(0)).contains("\n")) {
        // EXPLAIN answers with one text of many lines.
        out.println(readable(found.get(0).get(0)).stripTrailing());
        out.flush();
        return;
      }
      for (Row row : found) {
        List<String> cells = new ArrayList<>();
        if (ranked) {
          StructType schema = rows.schema();
          cells.add(
              LeaderboardText.mark(
                  row.getAs(schema.fieldIndex("rank")), row.getAs(schema.fieldIndex("status"))));
        }
        for (int i = 0; i < row.size(); i++) {
          cells.add(readable(row.get(i)));
        }
        table.row(cells);
      }
      table.fitted(Terminal.width()).forEach(out::println);
      out.printf("%s row%s%n", found.size(), found.size() == 1 ? "" : "s");
      out.flush();
    }
  },

  /** RFC 4180 with a header line; numbers whole. */
  CSV {
    @Override
    public void print(Dataset<Row> rows, PrintWriter out) {
      List<String> header = List.of(rows.columns());
      out.println(String.join(",", header.stream().map(RowFormat::quoted).toList()));
      Queries.each(
          flat(rows),
          row -> {
            List<String> line = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
              line.add(row.isNullAt(i) ? "" : quoted(String.valueOf(row.get(i))));
            }
            out.println(String.join(",", line));
          });
      out.flush();
    }
  },

  /** One JSON object a line, NULL as null. */
  JSON {
    @Override
    public void print(Dataset<Row> rows, PrintWriter out) {
      Column object =
          functions.to_json(
              functions.struct(functions.col("*")), java.util.Map.of("ignoreNullFields", "false"));
      Queries.each(distinct(rows).select(object), row -> out.println(row.getString(0)));
      out.flush();
    }
  },

  /** Columns with their types; only into a file. */
  PARQUET {
    @Override
    public void print(Dataset<Row> rows, PrintWriter out) {
      throw new UserException(
          "--format parquet is nothing to print: say where to write it with --output FILE");
    }
  };

  public abstract void print(Dataset<Row> rows, PrintWriter out);

  /** Rows of a leaderboard, of which the best three are marked. */
  private static boolean ranked(StructType schema) {
    return Arrays.asList(schema.fieldNames()).containsAll(List.of("rank", "status"))
        && schema.apply("rank").dataType().equals(DataTypes.IntegerType)
        && schema.apply("status").dataType().equals(DataTypes.StringType);
  }

  /**
   * The rows with a name of its own for every column, which a join's need not have: {@code study},
   * {@code study_2}. What takes columns by their names, as JSON and Parquet do, needs that.
   */
  static Dataset<Row> distinct(Dataset<Row> rows) {
    Set<String> taken = new HashSet<>();
    for (String name : rows.columns()) {
      taken.add(name.toLowerCase(Locale.ROOT));
    }
    Set<String> used = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (String name : rows.columns()) {
      String own = name;
      for (int i = 2; !used.add(own.toLowerCase(Locale.ROOT)); i++) {
        String next = name + "_" + i;
        own = taken.contains(next.toLowerCase(Locale.ROOT)) ? own : next;
      }
      names.add(own);
    }
    return rows.toDF(names.toArray(new String[0]));
  }

  /** Maps, arrays and structures as JSON text; columns go by their place. */
  private static Dataset<Row> flat(Dataset<Row> rows) {
    StructField[] fields = rows.schema().fields();
    String[] places = new String[fields.length];
    Column[] columns = new Column[fields.length];
    for (int i = 0; i < fields.length; i++) {
      places[i] = "c" + i;
      DataType type = fields[i].dataType();
      boolean nested =
          type instanceof MapType || type instanceof ArrayType || type instanceof StructType;
      columns[i] = functions.col(places[i]);
      columns[i] = nested ? functions.to_json(columns[i]) : columns[i];
    }
    return rows.toDF(places).select(columns);
  }

  private static String readable(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      double size = Math.abs(number);
      return size == 0 || (size >= 1e-3 && size < 1e5)
          ? String.format(Locale.ROOT, "%.4f", number)
          : String.format(Locale.ROOT, "%.3e", number);
    }
    return value.toString();
  }

  private static String quoted(String cell) {
    return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
