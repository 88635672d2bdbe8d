package dev.sieve.spark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk, without the permission to read some of it. */
public final class LockedFiles extends RawLocalFileSystem {
  public static final String SCHEME = "locked";

  /** Part of the paths that may not be read. */
  public static volatile String locked = "none";

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    require(path);
    return super.open(path, bufferSize);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    require(path);
    return super.listStatus(path);
  }

  private static void require(Path path) throws IOException {
    if (path.toString().contains(locked)) {
      throw new AccessDeniedException(path.toString(), null, "Permission denied");
    }
  }
}
