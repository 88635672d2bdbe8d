package dev.sieve.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;

/** The local disk of a driver whose tasks run on other machines: they see none of its files. */
public final class DriverOnlyFiles extends RawLocalFileSystem {
  public static final String SCHEME = "driveronly";

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public boolean exists(Path path) {
    return TaskContext.get() == null && pathToFile(path).exists();
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    if (TaskContext.get() != null) {
      throw new FileNotFoundException("File " + path + " does not exist");
    }
    return super.open(path, bufferSize);
  }
}
