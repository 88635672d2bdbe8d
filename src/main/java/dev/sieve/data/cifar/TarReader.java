package dev.sieve.data.cifar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** The files and folders of a tar stream, one after the other; links are skipped. */
final class TarReader {
  private final TarArchiveInputStream in;
  private TarArchiveEntry entry = new TarArchiveEntry("none");

  /**
   * @param in not closed here
   */
  TarReader(InputStream in) {
    this.in = new TarArchiveInputStream(in);
  }

  /** The current entry's path as the archive has it. */
  String path() {
    return entry.getName();
  }

  /** The current entry's name without the folders above it. */
  String name() {
    String path = path();
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  /** Bytes of the current entry. */
  long size() {
    return entry.getSize();
  }

  /**
   * Goes to the next file or folder; false at the end.
   *
   * @throws ZipException if this is not a tar archive
   * @throws EOFException if it breaks off
   */
  boolean next() throws IOException {
    @Nullable TarArchiveEntry next;
    do {
      next = header();
      if (next == null) {
        return false;
      }
      if (!next.isCheckSumOK()) {
        throw new ZipException("it is not a tar archive");
      }
    } while (!next.isFile() && !next.isDirectory());
    entry = next;
    return true;
  }

  private @Nullable TarArchiveEntry header() throws IOException {
    try {
      return in.getNextEntry();
    } catch (IOException e) {
      // Of bytes that are no header; what the disk has to say has no such cause.
      if (e.getCause() instanceof IllegalArgumentException) {
        throw new ZipException("it is not a tar archive");
      }
      throw e;
    }
  }

  /** Fills the first {@code length} bytes with the current entry's next ones. */
  void read(byte[] out, int length) throws IOException {
    if (in.readNBytes(out, 0, length) < length) {
      throw new EOFException(path() + " breaks off");
    }
  }
}
