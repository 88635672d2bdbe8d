package dev.sieve.data.cifar;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * The files and folders of a tar stream, one after the other (POSIX.1-1988 "ustar" and what came
 * before it). Extended headers (pax, GNU long names) and links are skipped: nothing in CIFAR-10's
 * archive needs them.
 */
final class TarReader {
  private static final int BLOCK = 512;

  private final InputStream in;
  private String path = "";
  private long size;
  private long unread;
  private long padding;

  /**
   * @param in not closed here
   */
  TarReader(InputStream in) {
    this.in = in;
  }

  /** The current entry's path as the archive has it. */
  String path() {
    return path;
  }

  /** The current entry's name without the folders above it. */
  String name() {
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  /** Bytes of the current entry. */
  long size() {
    return size;
  }

  /**
   * Goes to the next file or folder; false at the end.
   *
   * @throws ZipException if this is not a tar archive
   * @throws EOFException if it breaks off
   */
  boolean next() throws IOException {
    while (true) {
      in.skipNBytes(unread + padding);
      unread = 0;
      padding = 0;
      byte[] header = in.readNBytes(BLOCK);
      if (header.length == 0 || isZero(header)) {
        return false;
      }
      if (header.length < BLOCK) {
        throw new EOFException("the archive breaks off within a header");
      }
      requireChecksum(header);
      size = octal(header, 124, 12);
      unread = size;
      padding = (BLOCK - size % BLOCK) % BLOCK;
      path = text(header, 0, 100);
      byte type = header[156];
      if (type == '0' || type == 0 || type == '5') {
        return true;
      }
    }
  }

  /** Fills the first {@code length} bytes with the current entry's next ones. */
  void read(byte[] out, int length) throws IOException {
    if (length > unread || in.readNBytes(out, 0, length) < length) {
      throw new EOFException(path + " breaks off");
    }
    unread -= length;
  }

  private static void requireChecksum(byte[] header) throws ZipException {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean withinChecksum = i >= 148 && i < 156;
      sum += withinChecksum ? ' ' : header[i] & 0xff;
    }
    if (sum != octal(header, 148, 8)) {
      throw new ZipException("it is not a tar archive");
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static long octal(byte[] header, int offset, int length) throws ZipException {
    String digits = text(header, offset, length).strip();
    if (!digits.matches("[0-7]{0,12}")) {
      throw new ZipException("it is not a tar archive");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, US_ASCII);
  }
}
