package dev.sieve.spark.store;

import dev.sieve.error.UserException;
import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.IncompatibleSchemaModificationException;
import org.apache.parquet.schema.MessageType;

/**
 * Makes one file of a study's many. The merged file is written first and the others are removed
 * after; in between the views drop the doubles, and after a crash anywhere the same compaction goes
 * on. Only the holder of the lease may do it.
 *
 * <p>Rows are copied as they are, with the columns of every file, so an older or newer version's
 * columns survive. Of rows of one key (a rung is part of it) only the newest is kept, which is the
 * one that the views show.
 */
public final class Compaction {
  /** A merged file is made in memory; more than this goes into several. */
  private static final long MOST_BYTES = 64L << 20;

  /** Asked before every change of a file; throws where this driver may no longer write. */
  @FunctionalInterface
  public interface Permit {
    void check() throws IOException;
  }

  private final ResultFiles files;
  private final String study;
  private final Permit permit;

  public Compaction(ResultFiles files, String study, Permit permit) {
    this.files = files;
    this.study = study;
    this.permit = permit;
  }

  /** How many files there were and are. */
  record Outcome(int before, int after) {
    @Override
    public String toString() {
      return before == after
          ? "%s files, nothing to compact".formatted(before)
          : "%s files are now %s".formatted(before, after);
    }
  }

  /**
   * Compacts the tables that have more than {@code most} files, and goes on with a compaction that
   * was ended.
   *
   * @throws UserException if two files cannot be one table: a column changed its type
   */
  public Outcome run(int most) throws IOException {
    int before = 0;
    int after = 0;
    for (Table<?> table : RawTables.ALL) {
      String folder = table.name() + "/" + study;
      List<ResultFiles.Entry> all = whole(table, folder);
      before += all.size();
      if (all.size() > Math.max(1, most) || isUnderWay(table, folder, all)) {
        for (List<String> part : parts(all)) {
          merge(table, folder, part);
        }
      }
      after += whole(table, folder).size();
    }
    return new Outcome(before, after);
  }

  /** Whether a compaction ended after it wrote its file: its rows are in others too. */
  private boolean isUnderWay(Table<?> table, String folder, List<ResultFiles.Entry> all)
      throws IOException {
    Set<String> rows = new HashSet<>();
    for (int i = 0; all.size() > 1 && i < all.size(); i++) {
      for (Map.Entry<String, Place> row : rows(table, folder + "/" + all.get(i).name(), i)) {
        if (!rows.add(row.getKey() + "|" + row.getValue().commit())) {
          return true;
        }
      }
    }
    return false;
  }

  /** The others stay as they are, and are told of. */
  private List<ResultFiles.Entry> whole(Table<?> table, String folder) throws IOException {
    List<ResultFiles.Entry> whole = new ArrayList<>();
    List<LeftOut> left = new ArrayList<>();
    for (ResultFiles.Entry entry : files.list(folder)) {
      String file = folder + "/" + entry.name();
      String problem = FileCheck.problem(table, entry.name(), StudyRows.content(files, file));
      if (problem == null) {
        whole.add(entry);
      } else {
        left.add(TableListing.leftOut(new Path(files.uri(file)), study, problem));
      }
    }
    LeftOut.tell(left);
    return whole;
  }

  private static List<List<String>> parts(List<ResultFiles.Entry> all) {
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    long bytes = 0;
    for (ResultFiles.Entry entry : all) {
      if (!part.isEmpty() && bytes + entry.bytes() > MOST_BYTES) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(entry.name());
      bytes += entry.bytes();
    }
    parts.add(part);
    return parts;
  }

  private void merge(Table<?> table, String folder, List<String> names) throws IOException {
    if (names.size() < 2) {
      return;
    }
    Map<String, Place> newest = new HashMap<>();
    MessageType schema = table.parquet();
    for (int i = 0; i < names.size(); i++) {
      String file = folder + "/" + names.get(i);
      schema = union(schema, schemaOf(file), file);
      for (Map.Entry<String, Place> row : rows(table, file, i)) {
        newest.merge(row.getKey(), row.getValue(), (a, b) -> b.after(a) ? b : a);
      }
    }
    List<String> keys = new ArrayList<>();
    newest.forEach((key, place) -> keys.add(key + "|" + place.commit()));
    // With the commit: a later compaction of other rows of the same keys is another file.
    String hash = Hashes.ofSorted(keys);
    String merged =
        names.stream().filter(name -> FileName.holds(name, hash)).findFirst().orElse("");
    if (merged.isEmpty()) {
      byte[] content = content(schema, folder, names, newest);
      merged = FileName.of(hash, content);
      permit.check();
      files.replace(folder + "/" + merged, content);
    }
    for (String name : names) {
      if (!name.equals(merged)) {
        permit.check();
        files.delete(folder + "/" + name);
      }
    }
  }

  /** Where a row is. */
  private record Place(int file, long row, long commit, String tie) {
    boolean after(Place other) {
      return commit != other.commit ? commit > other.commit : tie.compareTo(other.tie) > 0;
    }
  }

  /** A file's rows by their keys; reads only what that takes. */
  private List<Map.Entry<String, Place>> rows(Table<?> table, String file, int index)
      throws IOException {
    List<Map.Entry<String, Place>> rows = new ArrayList<>();
    List<String> wanted = new ArrayList<>(table.key());
    wanted.add("run_commit");
    wanted.add("run_started");
    MessageType all = schemaOf(file);
    MessageType narrow =
        new MessageType(
            all.getName(),
            all.getFields().stream().filter(f -> wanted.contains(f.getName())).toList());
    try (ParquetReader<Group> reader = reader(file, narrow)) {
      long row = 0;
      for (Group group = reader.read(); group != null; group = reader.read()) {
        List<String> key = new ArrayList<>();
        for (String column : table.key()) {
          key.add(text(group, column));
        }
        String commit = text(group, "run_commit");
        long number = commit.isEmpty() ? 0 : Long.parseLong(commit);
        Place place = new Place(index, row++, number, text(group, "run_started"));
        rows.add(Map.entry(String.join("|", key), place));
      }
    }
    return rows;
  }

  private byte[] content(
      MessageType schema, String folder, List<String> names, Map<String, Place> newest)
      throws IOException {
    List<Set<Long>> kept = new ArrayList<>();
    names.forEach(name -> kept.add(new HashSet<>()));
    newest.values().forEach(place -> kept.get(place.file()).add(place.row()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ParquetWriter<Group> writer = Table.writer(schema, bytes)) {
      for (int i = 0; i < names.size(); i++) {
        try (ParquetReader<Group> reader = reader(folder + "/" + names.get(i), schema)) {
          long row = 0;
          for (Group group = reader.read(); group != null; group = reader.read()) {
            if (kept.get(i).contains(row++)) {
              writer.write(group);
            }
          }
        }
      }
    }
    return bytes.toByteArray();
  }

  private ParquetReader<Group> reader(String file, MessageType schema) throws IOException {
    return new RowReader(files.input(file), schema).build();
  }

  private MessageType schemaOf(String file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(files.input(file))) {
      return reader.getFileMetaData().getSchema();
    }
  }

  private static MessageType union(MessageType schema, MessageType other, String file) {
    try {
      return schema.union(other);
    } catch (IncompatibleSchemaModificationException e) {
      throw new UserException(
          "files of one table must agree on the type of a column to be made one, but %s does not: %s; they stay as they are"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** A column's value; empty for none. */
  private static String text(Group group, String column) {
    return group.getType().containsField(column) && group.getFieldRepetitionCount(column) > 0
        ? group.getValueToString(group.getType().getFieldIndex(column), 0)
        : "";
  }
}
