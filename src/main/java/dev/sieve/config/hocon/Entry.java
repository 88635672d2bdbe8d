package dev.sieve.config;

/**
 * A key's value.
 *
 * @param value as its {@link Kind} has it
 * @param broken the file's value broke the key's rule and is noted; this is the default
 */
record Entry(Object value, Place place, boolean broken) {
  /** Whether a file or an override says it. */
  boolean explicit() {
    return !place.isDefault();
  }
}
