package dev.sieve.spark.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.types.StructType;

/**
 * A stored table: the one source of its Parquet schema, its Spark table and its documentation.
 *
 * @param name as SQL has it, and the folder under the results
 * @param key columns of which rows that are equal in all are one row, written again
 */
public record Table<R>(String name, String comment, List<String> key, List<Column<R>> columns) {
  /**
   * Hadoop's settings, read once: a writer or reader without them would parse Hadoop's XML files
   * for every file. That was 40 % of the driver's main thread in a study of trials that do nothing.
   */
  public static final Configuration SETTINGS = new Configuration();

  public Table {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
  }

  String commentOf(String column) {
    return columns.stream()
        .filter(candidate -> candidate.name().equals(column))
        .map(Column::comment)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no column " + column));
  }

  public MessageType parquet() {
    return new MessageType(
        name, columns.stream().map(column -> column.type().parquet(column.name())).toList());
  }

  public StructType spark() {
    StructType schema = new StructType();
    for (Column<R> column : columns) {
      schema = schema.add(column.name(), column.type().spark());
    }
    return schema;
  }

  /** The rows as one Parquet file: a few kilobytes, so memory is its place until it is complete. */
  public byte[] file(List<R> rows) throws IOException {
    MessageType schema = parquet();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ParquetWriter<Group> writer = writer(schema, bytes)) {
      for (R row : rows) {
        Group group = new SimpleGroup(schema);
        for (Column<R> column : columns) {
          Object value = column.value().apply(row);
          if (value != null) {
            column.type().write(group, column.name(), value);
          }
        }
        writer.write(group);
      }
    }
    return bytes.toByteArray();
  }

  /** A writer of a file in memory. */
  public static ParquetWriter<Group> writer(MessageType schema, ByteArrayOutputStream bytes)
      throws IOException {
    return ExampleParquetWriter.builder(new InMemory(bytes))
        .withConf(SETTINGS)
        .withType(schema)
        .withCompressionCodec(CompressionCodecName.SNAPPY)
        .build();
  }

  private record InMemory(ByteArrayOutputStream bytes) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new Counting(bytes);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class Counting extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    Counting(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      position++;
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
      out.write(from, offset, count);
      position += count;
    }
  }
}
