package dev.sieve.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a data set holds, in 16 hex digits. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(LabelledImages... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (LabelledImages part : parts) {
        digest.update(part.labels());
        digest.update(part.pixels());
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
