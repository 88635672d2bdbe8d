package dev.sieve.spark.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256, in hex. */
final class Hashes {
  private Hashes() {}

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** A file's name from its rows' keys, whatever order they came in: 32 hex digits. */
  static String ofSorted(List<String> keys) {
    String text = String.join("\n", keys.stream().sorted().toList());
    return sha256(text.getBytes(UTF_8)).substring(0, 32);
  }
}
