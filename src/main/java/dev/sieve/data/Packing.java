package dev.sieve.data;

import java.io.IOException;
import java.io.InputStream;

/** Whether bytes are packed, whatever their file is called. */
public final class Packing {
  private Packing() {}

  /**
   * Whether a stream begins as gzip does (RFC 1952).
   *
   * @param in one that can be marked; not moved
   */
  public static boolean isGzip(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip;
  }
}
