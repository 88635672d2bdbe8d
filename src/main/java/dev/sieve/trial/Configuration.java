package dev.sieve.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A point of the search space: a value for every axis, by the axis's full setting path ({@code
 * training.lambda}, {@code training.schedule.eta}, {@code network.init.sigma}, {@code
 * network.batch-norm.decay} …). Without axes: the file's own settings.
 */
public record Configuration(SortedMap<String, AxisValue> values) implements Serializable {
  public Configuration {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * The first 12 hex digits of SHA-256 over the canonical text {@code path=value;…}, paths in
   * order.
   */
  public String id() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (path, value) -> text.append(path).append('=').append(value.canonical()).append(';'));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(UTF_8)), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
