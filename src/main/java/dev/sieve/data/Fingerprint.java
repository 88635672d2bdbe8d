package dev.sieve.data;

import dev.sieve.random.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a data set holds, in 16 hex digits. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(LabelledImages... parts) {
    byte[][] bytes =
        Arrays.stream(parts)
            .flatMap(part -> Stream.of(bytes(part), part.pixels()))
            .toArray(byte[][]::new);
    return Sha256.hex(bytes).substring(0, 16);
  }

  /** A byte each, or two where there are more classes than a byte has values, the higher first. */
  private static byte[] bytes(LabelledImages part) {
    short[] labels = part.labels();
    boolean wide = part.classes() > 256;
    ByteBuffer bytes = ByteBuffer.allocate(labels.length * (wide ? 2 : 1));
    for (short label : labels) {
      if (wide) {
        bytes.putShort(label);
      } else {
        bytes.put((byte) label);
      }
    }
    return bytes.array();
  }
}
