package dev.sieve.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Bad inputs from good ones. */
public final class Mutations {
  private static final long[] NUMBERS = {0, 1, -1, 127, 128, 255, 65_536, 1 << 30, -(1L << 31)};

  private Mutations() {}

  /** One to four changes: bytes flipped or set, a number in place of four, parts cut or doubled. */
  public static byte[] bytes(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 8; changes--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(1 + random.nextInt(64), bytes.length - at);
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> number(bytes, Math.min(at, bytes.length - 4), random);
        // Where formats keep their counts.
        case 3 -> number(bytes, random.nextInt(Math.min(64, bytes.length - 4)), random);
        case 4 -> bytes = Arrays.copyOf(bytes, at);
        case 5 -> bytes = joined(bytes, 0, at, at + length, bytes.length);
        default -> bytes = joined(bytes, 0, at + length, at, bytes.length);
      }
    }
    return bytes;
  }

  private static void number(byte[] bytes, int at, SplittableRandom random) {
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (number >> (24 - 8 * i));
    }
  }

  private static byte[] joined(byte[] bytes, int from, int to, int again, int end) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(bytes, from, to - from);
    all.write(bytes, again, end - again);
    return all.toByteArray();
  }

  /** One to four words, signs or numbers of a text left out, doubled, or in place of others. */
  public static String text(List<String> good, SplittableRandom random) {
    List<String> words = new ArrayList<>(words(good.get(random.nextInt(good.size()))));
    List<String> others = words(good.get(random.nextInt(good.size())));
    for (int changes = 1 + random.nextInt(4); changes > 0 && words.size() > 1; changes--) {
      int at = random.nextInt(words.size());
      String other = others.get(random.nextInt(others.size()));
      switch (random.nextInt(5)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, words.get(at));
        case 2 -> words.set(at, other);
        case 3 -> words.add(at, other);
        default -> words.set(at, Long.toString(NUMBERS[random.nextInt(NUMBERS.length)]));
      }
    }
    return String.join("", words);
  }

  private static List<String> words(String text) {
    return List.of(text.split("(?<=\\W)|(?=\\W)"));
  }
}
