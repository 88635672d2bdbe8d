package dev.sieve.spark.store;

import java.io.ByteArrayInputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file's content for Parquet's reader. Through Hadoop's streams a file of a few kilobytes takes
 * twice as long: checksums that there are none of, statistics, ranges read side by side.
 */
final class ParquetBytes implements InputFile {
  private final String name;
  private final byte[] content;

  /**
   * @param name for messages
   */
  ParquetBytes(String name, byte[] content) {
    this.name = name;
    this.content = content;
  }

  @Override
  public long getLength() {
    return content.length;
  }

  @Override
  public SeekableInputStream newStream() {
    Seekable in = new Seekable(content);
    return new DelegatingSeekableInputStream(in) {
      @Override
      public long getPos() {
        return in.position();
      }

      @Override
      public void seek(long position) {
        in.seek(position);
      }
    };
  }

  @Override
  public String toString() {
    return name;
  }

  private static final class Seekable extends ByteArrayInputStream {
    Seekable(byte[] content) {
      super(content);
    }

    int position() {
      return pos;
    }

    void seek(long position) {
      pos = Math.toIntExact(position);
    }
  }
}
