package dev.sieve.search.plan;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The largest cache of this machine's first core, as Linux tells of it. */
final class LastLevelCache {
  /** Where nothing tells: what today's smallest servers have. */
  static final long USUAL = 32L << 20;

  private static final Path CORE = Path.of("/sys/devices/system/cpu/cpu0/cache");

  private LastLevelCache() {}

  /**
   * Bytes; {@link #USUAL} on other systems. The driver's own stands for its executors': groups of
   * another size give the same results.
   */
  static long bytes() {
    return bytes(CORE);
  }

  static long bytes(Path core) {
    long largest = 0;
    try (DirectoryStream<Path> caches = Files.newDirectoryStream(core, "index*")) {
      for (Path cache : caches) {
        largest = Math.max(largest, parse(Files.readString(cache.resolve("size")).strip()));
      }
    } catch (IOException | RuntimeException e) {
      return USUAL;
    }
    return largest == 0 ? USUAL : largest;
  }

  /** {@code 32768K} or {@code 32M}. */
  private static long parse(String size) {
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return switch (size.charAt(size.length() - 1)) {
      case 'K' -> number << 10;
      case 'M' -> number << 20;
      case 'G' -> number << 30;
      default -> throw new IllegalArgumentException("no size of a cache: " + size);
    };
  }
}
