package dev.sieve.app.cli;

import dev.sieve.error.UserException;
import java.util.ArrayList;
import java.util.List;

/** The option {@code --hidden 50,50}. */
public final class Widths {
  private Widths() {}

  /** Blank words count as none, so that '' is a linear classifier. */
  public static List<Integer> of(List<String> words) {
    List<Integer> widths = new ArrayList<>();
    for (String word : words) {
      if (word.isBlank()) {
        continue;
      }
      if (!word.strip().matches("[1-9]\\d{0,5}")) {
        throw new UserException(
            "--hidden is a list of widths >= 1, such as 50,50, but got '" + word + "'");
      }
      widths.add(Integer.valueOf(word.strip()));
    }
    return widths;
  }
}
