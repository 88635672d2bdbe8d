package dev.sieve.data;

import dev.sieve.random.Sha256;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a data set holds, in 16 hex digits. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(LabelledImages... parts) {
    byte[][] bytes =
        Arrays.stream(parts)
            .flatMap(part -> Stream.of(part.labels(), part.pixels()))
            .toArray(byte[][]::new);
    return Sha256.hex(bytes).substring(0, 16);
  }
}
