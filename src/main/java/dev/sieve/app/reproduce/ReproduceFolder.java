package dev.sieve.app.reproduce;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Text files in {@code results.dir/reproduce}, wherever Hadoop keeps that. */
final class ReproduceFolder {
  private final Path folder;
  private final FileSystem files;

  ReproduceFolder(SparkSession spark, String resultsDir) throws IOException {
    folder = new Path(resultsDir, "reproduce");
    files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
    files.setWriteChecksum(false);
    files.mkdirs(folder);
  }

  /** Where a file is. */
  String place(String name) {
    return new Path(folder, name).toString();
  }

  /** A file's text; empty where there is none. */
  String read(String name) throws IOException {
    try (FSDataInputStream in = files.open(new Path(folder, name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return "";
    }
  }

  void write(String name, String text) throws IOException {
    try (FSDataOutputStream out = files.create(new Path(folder, name), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
