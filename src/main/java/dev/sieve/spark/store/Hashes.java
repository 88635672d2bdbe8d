package dev.sieve.spark.store;

import dev.sieve.random.Sha256;
import java.util.List;

/** Names of files from what they hold. */
final class Hashes {
  private Hashes() {}

  /** A file's name from its rows' keys, whatever order they came in: 32 hex digits. */
  static String ofSorted(List<String> keys) {
    return Sha256.hex(String.join("\n", keys.stream().sorted().toList()), 32);
  }
}
