package dev.sieve.spark.store;

import dev.sieve.spark.table.Table;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Reads rows as groups of one schema. What a file does not have stays empty, where Parquet's own
 * {@link GroupReadSupport} refuses.
 */
final class RowReader extends ParquetReader.Builder<Group> {
  private static final ParquetConfiguration SETTINGS =
      new HadoopParquetConfiguration(Table.SETTINGS);

  private final MessageType schema;

  RowReader(InputFile file, MessageType schema) {
    super(file, SETTINGS);
    this.schema = schema;
    usePageChecksumVerification();
  }

  @Override
  protected ReadSupport<Group> getReadSupport() {
    return new GroupReadSupport() {
      @Override
      public ReadContext init(InitContext context) {
        return new ReadContext(schema);
      }
    };
  }
}
