package dev.sieve.spark;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A disk without space: files can be made, and what is written to them meets {@code /dev/full}. */
public final class FullDisk extends RawLocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("fulldisk:///");
  }

  @Override
  public FSDataOutputStream create(Path path, boolean overwrite) throws IOException {
    super.create(path, overwrite).close();
    return super.create(new Path("/dev/full"), true);
  }
}
