package dev.sieve.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a user may have meant. */
final class Nearest {
  private Nearest() {}

  /**
   * A remedy for a word that is none of the known: the nearest of them (Levenshtein 1966), or else
   * all that were possible.
   */
  static String remedy(String word, Collection<String> known) {
    Optional<String> nearest =
        known.stream()
            .min(
                Comparator.<String>comparingInt(each -> distance(word, each))
                    .thenComparing(each -> each))
            .filter(each -> distance(word, each) <= Math.max(2, word.length() / 4));
    return nearest
        .map(each -> "did you mean " + each + "?")
        .orElseGet(() -> "known here: " + known.stream().collect(Collectors.joining(", ")));
  }

  /** Insertions, deletions and replacements of a letter that lead from a to b. */
  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
