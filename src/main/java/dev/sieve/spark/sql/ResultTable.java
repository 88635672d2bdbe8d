package dev.sieve.spark.sql;

import dev.sieve.spark.SieveCatalog;
import dev.sieve.spark.store.ResultFiles;
import dev.sieve.spark.store.ResultsDir;
import dev.sieve.spark.store.Storage;
import dev.sieve.spark.store.TableListing;
import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.Table;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.SchemaRelationProvider;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A raw table for Spark: Parquet files as Spark reads them, but of the files in the folder only
 * those that are whole. Spark's own listing takes a folder's name for a pattern, counts an empty
 * file as no rows and ends a query at a torn one.
 *
 * <p>Options: {@code path}, the table's folder; {@value #TABLE}, its name.
 */
public final class ResultTable implements SchemaRelationProvider {
  static final String TABLE = "sieve.table";

  /** Pages are held to their checksums in every session. */
  static final String VERIFY = "parquet.page.verify-checksum.enabled";

  @Override
  public BaseRelation createRelation(
      SQLContext context, Map<String, String> options, StructType schema) {
    SparkSession session = context.sparkSession();
    Configuration hadoop =
        ((org.apache.spark.sql.classic.SparkSession) session).sessionState().newHadoopConf();
    Path folder = new Path(options.apply("path"));
    Table<?> table = RawTables.named(options.apply(TABLE));
    try {
      ResultFiles files = new ResultFiles(hadoop, String.valueOf(folder.getParent()));
      FileIndex whole = new WholeFiles(folder, TableListing.of(files, table));
      return relation(whole, schema, options, session);
    } catch (IOException e) {
      throw Storage.unreadable(ResultsDir.shown(folder), e);
    }
  }

  /** By reflection: the class of its session differs between Spark's versions. */
  private static BaseRelation relation(
      FileIndex files, StructType schema, Map<String, String> options, SparkSession session) {
    try {
      return (BaseRelation)
          HadoopFsRelation.class.getConstructors()[0].newInstance(
              files,
              new StructType(),
              schema,
              Option.empty(),
              new ParquetFileFormat(),
              options,
              session);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this version of Spark makes its relations in another way: " + e, e);
    }
  }

  /** A table's files when a statement was analysed; equal where nothing was added or changed. */
  private record WholeFiles(Path folder, List<FileStatus> files, List<String> versions)
      implements FileIndex {
    WholeFiles(Path folder, List<FileStatus> files) {
      this(
          folder,
          files,
          files.stream()
              .map(f -> f.getPath() + " " + f.getLen() + " " + f.getModificationTime())
              .toList());
    }

    @Override
    public Seq<Path> rootPaths() {
      return CollectionConverters.asScala(List.of(folder)).toSeq();
    }

    @Override
    public Seq<PartitionDirectory> listFiles(Seq<Expression> partitions, Seq<Expression> data) {
      PartitionDirectory all =
          PartitionDirectory.apply(InternalRow.empty(), files.toArray(new FileStatus[0]));
      return CollectionConverters.asScala(List.of(all)).toSeq();
    }

    @Override
    public String[] inputFiles() {
      return files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
    }

    /** Nothing: every statement makes an index of its own, see {@link SieveCatalog}. */
    @Override
    public void refresh() {}

    @Override
    public long sizeInBytes() {
      return files.stream().mapToLong(FileStatus::getLen).sum();
    }

    @Override
    public StructType partitionSchema() {
      return new StructType();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof WholeFiles that
          && folder.equals(that.folder)
          && versions.equals(that.versions);
    }

    @Override
    public int hashCode() {
      return versions.hashCode();
    }

    @Override
    public String toString() {
      return "WholeFiles(" + folder + ")";
    }
  }
}
