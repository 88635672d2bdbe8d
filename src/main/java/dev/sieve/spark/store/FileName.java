package dev.sieve.spark.store;

import dev.sieve.random.Sha256;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of a table's files: {@code KEYS-CHECKSUM.parquet}. The same rows have the same keys,
 * whatever {@code run_*} says of them; the checksum is the first 16 hex digits of the content's
 * SHA-256, as {@code sha256sum} prints it. Older files have no checksum in their name.
 */
final class FileName {
  static final String SUFFIX = ".parquet";
  private static final int CHECKSUM_DIGITS = 16;
  private static final Pattern OURS =
      Pattern.compile("([0-9a-f]{32})(?:-([0-9a-f]{%s}))?\\.parquet".formatted(CHECKSUM_DIGITS));

  private FileName() {}

  /**
   * A file's name.
   *
   * @param keys {@link Hashes#ofSorted} of its rows' keys
   */
  static String of(String keys, byte[] content) {
    return keys + "-" + checksum(content) + SUFFIX;
  }

  static String checksum(byte[] content) {
    return Sha256.hex(content).substring(0, CHECKSUM_DIGITS);
  }

  /** Whether a file's name says that it holds the rows of these keys. */
  static boolean holds(String name, String keys) {
    Matcher matcher = OURS.matcher(name);
    return matcher.matches() && matcher.group(1).equals(keys);
  }

  /** The checksum that a name has; empty for none. */
  static String checksum(String name) {
    Matcher matcher = OURS.matcher(name);
    return matcher.matches() && matcher.group(2) != null ? matcher.group(2) : "";
  }
}
