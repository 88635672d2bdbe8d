package dev.sieve.random;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * The identity from which a seed is derived: study seed, purpose and, where they apply, replicate,
 * layer and epoch. Never the configuration, the ordinal or the order of arrival, so replicate r
 * starts from the same draws in every configuration (common random numbers).
 *
 * <p>{@code Seed.of(1, "weights").replicate(0).layer(2).value()} is the first 8 bytes, big-endian,
 * of SHA-256 over {@code sieve-1|1|weights|0|2|-}.
 */
public record Seed(long study, String purpose, int replicate, int layer, int epoch) {
  /** Stands for a part that does not apply. */
  private static final int NONE = -1;

  public Seed {
    if (purpose.isEmpty() || purpose.indexOf('|') >= 0) {
      throw new IllegalArgumentException(
          "a seed's purpose must be a word without '|', but got '" + purpose + "'");
    }
  }

  public static Seed of(long study, String purpose) {
    return new Seed(study, purpose, NONE, NONE, NONE);
  }

  public Seed replicate(int index) {
    return new Seed(study, purpose, index, layer, epoch);
  }

  public Seed layer(int index) {
    return new Seed(study, purpose, replicate, index, epoch);
  }

  public Seed epoch(int index) {
    return new Seed(study, purpose, replicate, layer, index);
  }

  /** The seed itself. */
  public long value() {
    return ByteBuffer.wrap(Sha256.of(text().getBytes(UTF_8))).getLong();
  }

  /** A new generator from this seed. */
  public Draws draws() {
    return new Draws(value());
  }

  private String text() {
    return "sieve-1|"
        + study
        + "|"
        + purpose
        + "|"
        + part(replicate)
        + "|"
        + part(layer)
        + "|"
        + part(epoch);
  }

  private static String part(int index) {
    return index == NONE ? "-" : Integer.toString(index);
  }
}
