package dev.sieve.config.hocon;

/**
 * A key's value.
 *
 * @param value as its {@link ValueType} has it
 * @param broken the file's value broke the key's rule and is noted; this is the default
 */
public record Entry(Object value, SourcePosition place, boolean broken) {
  /** Whether a file or an override says it. */
  public boolean explicit() {
    return !place.isDefault();
  }
}
