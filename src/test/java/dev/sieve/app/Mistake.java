package dev.sieve.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case of the table: a study's file or a command line with one mistake, and what is to be said.
 *
 * @param title says what is wrong
 * @param edits {@code old => new} in the good file
 * @param text the file's lines after a comment instead of the good file; empty for none
 * @param bare the file's whole content instead; null for none
 * @param words after {@code coarse -c FILE}, or a whole command line where {@code whole}
 * @param told everything that is to be printed; empty for what is no mistake
 */
record Mistake(
    String title,
    List<String> edits,
    List<String> text,
    @Nullable String bare,
    List<String> words,
    boolean whole,
    List<String> told) {
  private static final Path FOLDER = Path.of("src/test/resources/mistakes");

  /**
   * The cases of a file: separated by empty lines, a title first, then {@code edit}, {@code text},
   * {@code bare}, {@code word} and {@code command} (a word of the whole command line), and what is
   * told after {@code >}. A title without any of them is the text itself.
   */
  static List<Mistake> read(String name) throws IOException {
    List<Mistake> mistakes = new ArrayList<>();
    for (String block : Files.readString(FOLDER.resolve(name), UTF_8).strip().split("\n\n+", -1)) {
      List<String> lines = block.lines().filter(line -> !line.startsWith("# ")).toList();
      List<String> commands = after("command ", lines);
      mistakes.add(
          new Mistake(
              lines.get(0),
              after("edit ", lines),
              lines.stream().skip(1).allMatch(line -> line.startsWith("> "))
                  ? lines.subList(0, 1)
                  : after("text ", lines),
              after("bare ", lines).stream().findFirst().map(Mistake::plain).orElse(null),
              commands.isEmpty() ? after("word ", lines) : commands,
              !commands.isEmpty(),
              after("> ", lines)));
    }
    return mistakes;
  }

  private static List<String> after(String mark, List<String> lines) {
    return lines.stream()
        .skip(1)
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .toList();
  }

  /** Writes the study's file. */
  Path file(Path folder) throws IOException {
    Path file = folder.resolve("study.conf");
    if (bare != null) {
      return Files.writeString(file, bare, UTF_8);
    }
    if (!text.isEmpty()) {
      return Files.writeString(file, "# a comment\n" + String.join("\n", text), UTF_8);
    }
    String good = Files.readString(FOLDER.resolve("good.conf"), UTF_8);
    for (String edit : edits) {
      String[] both = edit.split(" ?=> ?", 2);
      String old = plain(both[0]);
      if (!good.contains(old)) {
        throw new AssertionError("no '" + old + "' in the good file");
      }
      good = good.replace(old, plain(both[1]));
    }
    return Files.writeString(file, good, UTF_8);
  }

  private static String plain(String escaped) {
    return escaped.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
  }

  @Override
  public String toString() {
    return title;
  }
}
