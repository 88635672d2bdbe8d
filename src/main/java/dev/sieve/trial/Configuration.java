package dev.sieve.trial;

import dev.sieve.random.Sha256;
import java.io.Serializable;
import java.util.Collections;
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
    return Sha256.hex(text.toString(), 12);
  }
}
