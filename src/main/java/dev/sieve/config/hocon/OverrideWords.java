package dev.sieve.config.hocon;

import java.util.ArrayList;
import java.util.List;

/** The words after a command's options, of which each should be one override. */
final class OverrideWords {
  private OverrideWords() {}

  /** The overrides among them; what is one override in several words is noted. */
  static List<String> of(List<String> words, Problems problems) {
    List<String> overrides = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String next = i + 1 < words.size() ? words.get(i + 1) : "=";
      boolean equals = next.equals("=") && i + 2 < words.size();
      boolean key = word.indexOf('=') < 0 && isKey(word);
      boolean cut = word.endsWith("=") && isKey(word.substring(0, word.length() - 1));
      if ((key || cut) && (equals || next.indexOf('=') < 0)) {
        int last = equals && key ? i + 2 : i + 1;
        String written = String.join(" ", words.subList(i, last + 1));
        problems.add(
            SourcePosition.override(written),
            "an override must be one word without spaces, path=value; write %s=%s"
                .formatted(cut ? word.substring(0, word.length() - 1) : word, words.get(last)));
        i = last;
      } else {
        overrides.add(word);
      }
    }
    return overrides;
  }

  private static boolean isKey(String word) {
    return Keys.get(word) != null || Keys.SPACES.stream().anyMatch(word::startsWith);
  }
}
