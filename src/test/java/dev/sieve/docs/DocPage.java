package dev.sieve.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, for tests that run what it tells a reader to type. */
public final class DocPage {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  private final String name;
  private final String text;

  private DocPage(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** The page on the tables. */
  public static DocPage tables() throws IOException {
    return of("src/site/markdown/tables.md");
  }

  /** A page by its path from the top of the tree. */
  public static DocPage of(String path) throws IOException {
    return new DocPage(path, Files.readString(Path.of(path)));
  }

  /**
   * The one block of code in a language that contains some words.
   *
   * @param language as after the opening fence; empty for none
   */
  public String block(String language, String words) {
    List<String> found =
        BLOCK
            .matcher(text)
            .results()
            .filter(block -> block.group(1).equals(language))
            .map(block -> block.group(2))
            .filter(block -> block.contains(words))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "%s must have one block of '%s' with '%s', but has %s"
              .formatted(name, language, words, found.size()));
    }
    return found.get(0);
  }

  /** A block's text with a folder of the test's in place of the one that readers have. */
  public static String at(String block, String folder, Path there) {
    if (!block.contains(folder)) {
      throw new AssertionError("'" + folder + "' must be in the block, but is not: " + block);
    }
    return block.replaceAll(
        Pattern.quote(folder), Matcher.quoteReplacement(there.toString().replace('\\', '/')));
  }
}
