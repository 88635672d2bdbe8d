package dev.sieve.data.cifar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The checksum that CIFAR-10's authors publish. */
final class Md5 {
  private Md5() {}

  /** Of a whole file, in lower-case hex digits. */
  static String of(FileChannel file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      long position = 0;
      for (int read = file.read(buffer, 0); read > 0; read = file.read(buffer, position)) {
        position += read;
        digest.update(buffer.flip());
        buffer.clear();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has MD5", e);
    }
  }
}
