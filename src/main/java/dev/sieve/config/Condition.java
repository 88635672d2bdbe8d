package dev.sieve.config;

import java.util.List;
import java.util.Set;

/**
 * What must hold of another setting for a key to have an effect.
 *
 * @param path the other setting
 * @param words canonical texts of it
 * @param among whether it must be one of the words, or must be none of them
 */
record Condition(String path, List<String> words, boolean among) {
  static Condition is(String path, String... words) {
    return new Condition(path, List.of(words), true);
  }

  static Condition isNot(String path, String word) {
    return new Condition(path, List.of(word), false);
  }

  boolean metBy(String text) {
    return words.contains(text) == among;
  }

  /** Whether one of the values that the setting may take meets it. */
  boolean metByAny(Set<String> texts) {
    return texts.stream().anyMatch(this::metBy);
  }

  @Override
  public String toString() {
    return path + (among ? " = " : " other than ") + String.join(" or ", words);
  }
}
