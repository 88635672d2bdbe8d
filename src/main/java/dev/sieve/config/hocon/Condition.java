package dev.sieve.config.hocon;

import java.util.List;
import java.util.Set;

/**
 * What must hold of another setting for a key to have an effect.
 *
 * @param path the other setting
 * @param words canonical texts of it; {@link #LIST} stands for every list
 * @param among whether it must be one of the words, or must be none of them
 */
public record Condition(String path, List<String> words, boolean among) {
  private static final String LIST = "a list";

  static Condition is(String path, String... words) {
    return new Condition(path, List.of(words), true);
  }

  static Condition isNot(String path, String word) {
    return new Condition(path, List.of(word), false);
  }

  static Condition isNoList(String path) {
    return new Condition(path, List.of(LIST), false);
  }

  public boolean metBy(String text) {
    return words.stream().anyMatch(word -> matches(word, text)) == among;
  }

  /** The words, those that stand for several replaced by the ones among some texts. */
  public List<String> wordsAmong(Set<String> texts) {
    return words.contains(LIST)
        ? texts.stream().filter(text -> matches(LIST, text)).toList()
        : words;
  }

  private static boolean matches(String word, String text) {
    return word.equals(LIST) ? text.startsWith("[") : word.equals(text);
  }

  /** Whether one of the values that the setting may take meets it. */
  public boolean metByAny(Set<String> texts) {
    return texts.stream().anyMatch(this::metBy);
  }

  @Override
  public String toString() {
    return path + (among ? " = " : " other than ") + String.join(" or ", words);
  }
}
