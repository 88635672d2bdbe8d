package dev.sieve.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** What a user may have meant. */
public final class DidYouMean {
  /** Letters of a word that can be meant for a known one. */
  private static final int LONGEST = 100;

  private DidYouMean() {}

  /**
   * A remedy for a word that is none of the known: the nearest of them, or else all that were
   * possible.
   */
  public static String remedy(String word, Collection<String> known) {
    List<String> nearest = of(word, known);
    return nearest.isEmpty()
        ? "known here: " + String.join(", ", known)
        : "did you mean " + String.join(" or ", nearest) + "?";
  }

  /**
   * The nearest of the known words (Levenshtein 1966, without regard to case), of paths also by
   * their last word; none where nothing is near.
   */
  public static List<String> of(String word, Collection<String> known) {
    String sought = word.toLowerCase(Locale.ROOT).replace('_', '-');
    List<String> nearest = nearest(known, each -> near(sought, each, 2));
    if (nearest.isEmpty()) {
      String last = last(sought);
      nearest = nearest(known, each -> near(last, last(each), Math.max(2, last.length() / 4)));
    }
    // The one of the same section where the same last word is in several.
    String section = above(sought);
    List<String> siblings = nearest.stream().filter(e -> above(e).equals(section)).toList();
    List<String> best = siblings.isEmpty() ? nearest : siblings;
    return best.size() > 3 ? List.of(best.stream().sorted().toList().get(0)) : best;
  }

  private static List<String> nearest(
      Collection<String> known, ToIntFunction<String> distanceOfLowerCase) {
    List<String> nearest = new ArrayList<>();
    int least = Integer.MAX_VALUE;
    for (String each : known) {
      int distance = distanceOfLowerCase.applyAsInt(each.toLowerCase(Locale.ROOT));
      if (distance < least) {
        nearest.clear();
        least = distance;
      }
      if (distance == least && distance < Integer.MAX_VALUE) {
        nearest.add(each);
      }
    }
    return nearest;
  }

  /** The distance, where it is no greater than that; else a great number. */
  private static int near(String word, String known, int greatest) {
    if (word.length() > LONGEST) {
      return Integer.MAX_VALUE;
    }
    // The first letters of a word stand for it.
    if (word.length() >= 3 && known.startsWith(word)) {
      return 1;
    }
    int distance = distance(word, known);
    return distance <= (word.length() < 4 ? 1 : greatest) ? distance : Integer.MAX_VALUE;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static String above(String path) {
    return path.substring(0, path.lastIndexOf('.') + 1);
  }

  /** Insertions, deletions and replacements of a letter that lead from a to b. */
  public static int distance(String a, String b) {
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
