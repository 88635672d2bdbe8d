package dev.sieve.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
  private static final int TRIES = 3;

  private StudyRows() {}

  static List<Row> read(ResultFiles files, Table<?> table, String study) throws IOException {
    for (int left = TRIES - 1; ; left--) {
      try {
        return once(files, table, study);
      } catch (FileNotFoundException e) {
        // A compaction removed files after they were listed; their rows are in another.
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  private static List<Row> once(ResultFiles files, Table<?> table, String study)
      throws IOException {
    StructType schema = table.spark();
    MessageType parquet = table.parquet();
    String folder = table.name() + "/" + study;
    List<Row> rows = new ArrayList<>();
    for (ResultFiles.Entry file : files.list(folder)) {
      try (ParquetReader<Group> reader =
          new RowReader(files.input(folder + "/" + file.name()), parquet).build()) {
        for (Group group = reader.read(); group != null; group = reader.read()) {
          rows.add(row(table, schema, group));
        }
      }
    }
    return rows;
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
