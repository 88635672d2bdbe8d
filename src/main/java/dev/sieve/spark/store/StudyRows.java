package dev.sieve.spark.store;

import dev.sieve.spark.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * All that a table has of a study, straight from the study's files, as {@code SELECT * FROM table
 * WHERE study = …} would give it. Spark's planning, one task a group of files and its filters take
 * several times as long for rows that are all wanted anyway. A file is written once and read once:
 * reading again adds what came since.
 */
final class StudyRows {
  /** A compaction removes one file after the other, each after a look at its lease. */
  private static final int TRIES = 20;

  private static final String COMMIT = "run_commit";

  private final ResultFiles files;
  private final Table<?> table;
  private final MessageType columns;
  private final StructType schema;
  private final String folder;
  private final String study;
  private final Map<String, List<Row>> byFile = new HashMap<>();
  private boolean damaged;

  private StudyRows(ResultFiles files, Table<?> table, MessageType columns, String study) {
    this.files = files;
    this.table = table;
    this.columns = columns;
    this.schema = table.spark();
    this.folder = table.name() + "/" + study;
    this.study = study;
  }

  StudyRows(ResultFiles files, Table<?> table, String study) {
    this(files, table, table.parquet(), study);
  }

  /** The number of the newest commit with rows of the study in a table; 0 where there is none. */
  static long lastCommit(ResultFiles files, Table<?> table, String study) throws IOException {
    MessageType all = table.parquet();
    MessageType commit = new MessageType(all.getName(), all.getType(COMMIT));
    return new StudyRows(files, table, commit, study).lastCommit();
  }

  /** The same of these rows. */
  long lastCommit() throws IOException {
    return read().stream()
        .mapToLong(
            row -> {
              Long commit = row.<@Nullable Long>getAs(COMMIT);
              return commit == null ? 0 : commit;
            })
        .max()
        .orElse(0);
  }

  /**
   * The newest row of each key: what the views {@code trials}, {@code epochs} and {@code studies}
   * keep. Their windows would take longer than all the rest of a report.
   *
   * @param order the newest comes last
   */
  <K> Collection<Row> newest(Function<Row, K> key, Comparator<Row> order) throws IOException {
    Map<K, Row> newest = new LinkedHashMap<>();
    for (Row row : read()) {
      newest.merge(key.apply(row), row, (a, b) -> order.compare(a, b) >= 0 ? a : b);
    }
    return newest.values();
  }

  /** Whether the last reading left a damaged file out. */
  boolean damaged() {
    return damaged;
  }

  /** Where the files are. */
  String uri() {
    return files.uri(folder);
  }

  List<Row> read() throws IOException {
    for (int left = TRIES - 1; ; left--) {
      try {
        return once();
      } catch (FileNotFoundException e) {
        // A compaction removed files after they were listed; their rows are in another.
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  private List<Row> once() throws IOException {
    List<Row> rows = new ArrayList<>();
    List<LeftOut> left = new ArrayList<>();
    Set<String> there = new HashSet<>();
    for (ResultFiles.Entry entry : files.list(folder)) {
      String name = entry.name();
      there.add(name);
      String file = folder + "/" + name;
      String problem = byFile.containsKey(name) ? null : add(name, content(files, file));
      if (problem != null) {
        left.add(TableListing.leftOut(new Path(files.uri(file)), study, problem));
      }
      rows.addAll(byFile.getOrDefault(name, List.of()));
    }
    byFile.keySet().retainAll(there);
    damaged = !left.isEmpty();
    LeftOut.tell(left);
    return rows;
  }

  /** Takes a file in, whole or not at all; why not, or null. */
  private @Nullable String add(String name, byte[] content) {
    String problem = FileCheck.problem(table, name, content);
    if (problem != null) {
      return problem;
    }
    boolean checked = !FileName.checksum(name).isEmpty();
    return add(name, new ParquetBytes(folder + "/" + name, content), checked);
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
  private @Nullable String add(String name, ParquetBytes file, boolean checked) {
    List<Row> found = new ArrayList<>();
    try (ParquetReader<Group> reader = new RowReader(file, columns).build()) {
      for (Group group = reader.read(); group != null; group = reader.read()) {
        found.add(row(group));
      }
    } catch (IOException | RuntimeException e) {
      return "it is no whole Parquet file: " + FileCheck.reason(e);
    } catch (OutOfMemoryError e) {
      if (checked) {
        throw e;
      }
      return "it is no whole Parquet file: its lengths cannot be right";
    }
    byFile.put(name, found);
    return null;
  }

  /** Fields are in the order of the table's columns, whatever order the file has. */
  private Row row(Group group) {
    @Nullable Object[] values = new @Nullable Object[table.columns().size()];
    for (int i = 0; i < values.length; i++) {
      String column = table.columns().get(i).name();
      if (columns.containsField(column)) {
        int field = columns.getFieldIndex(column);
        values[i] =
            group.getFieldRepetitionCount(field) == 0
                ? null
                : table.columns().get(i).type().read(group, field);
      }
    }
    return new GenericRowWithSchema(values, schema);
  }
}
