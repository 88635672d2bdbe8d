package dev.sieve.config.hocon;

import org.jspecify.annotations.Nullable;

/** How many, a {@code Long}; a share, a {@code Double} in (0, 1); or one word instead. */
record CountOrShare(long low, String word) implements ValueType {
  @Override
  public @Nullable Object read(Object raw) {
    if (raw instanceof String text && text.equalsIgnoreCase(word)) {
      return word;
    }
    Object count = count().read(raw);
    return count == null ? SHARE.read(raw) : count;
  }

  ValueType.Whole count() {
    return new ValueType.Whole(low, Integer.MAX_VALUE);
  }

  @Override
  public boolean literal() {
    return true;
  }

  @Override
  public String rule() {
    return "a whole number >= %s, a share such as 0.8, or the word %s".formatted(low, word);
  }
}
