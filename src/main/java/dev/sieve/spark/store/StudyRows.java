package dev.sieve.spark.store;

import dev.sieve.spark.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that a table has of a study straight from the study's files, as {@code SELECT * FROM
 * table WHERE study = …} would. Spark's planning, one task a group of files and its filters take
 * several times as long for rows that are all wanted anyway.
 */
final class StudyRows {
  /** A compaction removes one file after the other, each after a look at its lease. */
  private static final int TRIES = 20;

  private static final String COMMIT = "run_commit";

  private StudyRows() {}

  static List<Row> read(ResultFiles files, Table<?> table, String study) throws IOException {
    StructType schema = table.spark();
    return read(files, table, table.parquet(), study, group -> row(table, schema, group));
  }

  /** The number of the newest commit with rows of the study in a table; 0 where there is none. */
  static long lastCommit(ResultFiles files, Table<?> table, String study) throws IOException {
    MessageType all = table.parquet();
    MessageType commit = new MessageType(all.getName(), all.getType(COMMIT));
    List<Long> commits = read(files, table, commit, study, group -> group.getLong(COMMIT, 0));
    return commits.stream().mapToLong(number -> number).max().orElse(0);
  }

  /**
   * The newest row of each key: what the views {@code trials}, {@code epochs} and {@code studies}
   * keep. Their windows would take longer than all the rest of a report.
   *
   * @param order the newest comes last
   */
  static <K> Collection<Row> newest(List<Row> rows, Function<Row, K> key, Comparator<Row> order) {
    Map<K, Row> newest = new LinkedHashMap<>();
    for (Row row : rows) {
      newest.merge(key.apply(row), row, (a, b) -> order.compare(a, b) >= 0 ? a : b);
    }
    return newest.values();
  }

  private static <T> List<T> read(
      ResultFiles files,
      Table<?> table,
      MessageType columns,
      String study,
      Function<Group, T> value)
      throws IOException {
    for (int left = TRIES - 1; ; left--) {
      try {
        return once(files, table, study, columns, value);
      } catch (FileNotFoundException e) {
        // A compaction removed files after they were listed; their rows are in another.
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  private static <T> List<T> once(
      ResultFiles files,
      Table<?> table,
      String study,
      MessageType columns,
      Function<Group, T> value)
      throws IOException {
    String folder = table.name() + "/" + study;
    List<T> rows = new ArrayList<>();
    List<LeftOut> left = new ArrayList<>();
    for (ResultFiles.Entry entry : files.list(folder)) {
      String file = folder + "/" + entry.name();
      byte[] content = content(files, file);
      String problem = FileCheck.problem(table, entry.name(), content);
      if (problem == null) {
        boolean checked = !FileName.checksum(entry.name()).isEmpty();
        problem = addRows(new ParquetBytes(file, content), columns, value, rows, checked);
      }
      if (problem != null) {
        left.add(TableListing.leftOut(new Path(files.uri(file)), study, problem));
      }
    }
    LeftOut.tell(left);
    return rows;
  }

  /** What bears no table file's name may be of any size, and is not read. */
  static byte[] content(ResultFiles files, String file) throws IOException {
    return file.endsWith(FileName.SUFFIX) ? files.content(file) : new byte[0];
  }

  /**
   * Adds a file's rows, all or none.
   *
   * @param checked the file has the checksum in its name: memory is what a row does not fit into
   * @return why not; null where they are added
   */
  private static <T> @Nullable String addRows(
      ParquetBytes file,
      MessageType columns,
      Function<Group, T> value,
      List<T> rows,
      boolean checked) {
    List<T> found = new ArrayList<>();
    try (ParquetReader<Group> reader = new RowReader(file, columns).build()) {
      for (Group group = reader.read(); group != null; group = reader.read()) {
        found.add(value.apply(group));
      }
    } catch (IOException | RuntimeException e) {
      return "it is no whole Parquet file: " + FileCheck.reason(e);
    } catch (OutOfMemoryError e) {
      if (checked) {
        throw e;
      }
      return "it is no whole Parquet file: its lengths cannot be right";
    }
    rows.addAll(found);
    return null;
  }

  /** Fields are in the order of the table's columns, whatever order the file has. */
  private static Row row(Table<?> table, StructType schema, Group group) {
    @Nullable Object[] values = new @Nullable Object[table.columns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          group.getFieldRepetitionCount(i) == 0
              ? null
              : table.columns().get(i).type().read(group, i);
    }
    return new GenericRowWithSchema(values, schema);
  }
}
