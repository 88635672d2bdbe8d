package dev.sieve.config.hocon;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a file as text, and what to do about it. */
final class Syntax {
  /** Bytes of a study's file; the longest that comes with Sieve has 5,000. */
  private static final int LARGEST = 1 << 20;

  /** Braces and brackets within each other; the longest path of sections has 4. */
  private static final int DEEPEST = 50;

  private static final Pattern YAML = Pattern.compile("(?m)^[\\w.-]+:[ \\t]*(#.*)?\\R+[ \\t]+\\S");
  private static final Pattern TOML = Pattern.compile("(?m)^[ \\t]*\\[[\\w.\"-]+\\][ \\t]*(#.*)?$");
  private static final Pattern BARE_NUMBER = Pattern.compile("key '[-+.\\d][^']*' may not .*");

  static final String TOO_DEEP =
      "at most %s braces, brackets and words of a path may stand within each other, but here are more; remove some"
          .formatted(DEEPEST);

  private static final Pattern COLON = Pattern.compile("[=:]\\s*[A-Za-z][\\w+.-]*:[/\\\\]\\S*");

  /** What the parser says of a file that includes itself. */
  static final String INCLUDES = "include statements nested";

  static final String OPEN_TEXT = "a text in double quotes does not end in its line";

  private final String text;

  /** Lines of the braces and brackets that nothing closes, the innermost first. */
  private final Deque<Integer> open = new ArrayDeque<>();

  private int deepest;

  /** Line of the first text in double quotes that its line does not close; 0 for none. */
  private int openText;

  Syntax(String text) {
    this.text = text;
    scan();
  }

  /** Why a file cannot be a study's, or null: what the parser would not tell, or not in time. */
  static @Nullable String problem(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        return "the configuration must be a text of at most %s bytes, but this file has %s; check the path after -c"
            .formatted(LARGEST, Files.size(file));
      }
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > 1 && (bytes[0] & bytes[1] & 0xfe) == 0xfe && bytes[0] != bytes[1]) {
        return "the configuration must be UTF-8, but this file is UTF-16; save it as UTF-8";
      }
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return tooDeep(text);
    } catch (CharacterCodingException e) {
      return "the configuration must be UTF-8, but this file has other bytes; save it as UTF-8, or check the path after -c";
    } catch (IOException e) {
      return null; // the parser says so
    }
  }

  /** Whether a file holds nothing, not even a comment. */
  static boolean isBlank(Path file) {
    try {
      return Files.readString(file, UTF_8).replace("\uFEFF", "").isBlank();
    } catch (IOException e) {
      return false;
    }
  }

  /** Why a text is nested deeper than can be read, or null. */
  static @Nullable String tooDeep(String text) {
    return new Syntax(text).deepest <= DEEPEST ? null : TOO_DEEP;
  }

  /**
   * What to do about a text that does not parse.
   *
   * @param reason what the parser says
   */
  static String remedy(Path file, String reason) {
    try {
      return new Syntax(Files.readString(file, UTF_8)).remedy(reason);
    } catch (IOException e) {
      return "check the path";
    }
  }

  /**
   * What there is in place of a section, in words of a study's file.
   *
   * @param reason what the parser says, in its own
   */
  static String misplaced(String reason) {
    return reason.contains("file root")
        ? "a study's file must be settings and sections, such as study { name = my-study }, but this one is a list; remove the brackets around it"
        : "a value must be one text, one list or one section, but here two kinds stand side by side; remove one of them, or write name { ... } for a section";
  }

  private String remedy(String reason) {
    if (reason.equals(OPEN_TEXT)) {
      return "close the quotes of line %s".formatted(openText);
    }
    boolean braces = text.contains("{");
    if (!braces && YAML.matcher(text).find()) {
      return "it is YAML; a section is written study { name = my-study }";
    }
    if (!braces && TOML.matcher(text).find()) {
      return "it is TOML; a section is written study { name = my-study }";
    }
    if (BARE_NUMBER.matcher(reason).matches()) {
      return "a list stands in square brackets, such as [-5, -1]";
    }
    Matcher address = Pattern.compile("(?m)=\\s*([a-z0-9]+://\\S*)").matcher(text);
    if (address.find() && reason.contains("'" + address.group(1).replaceAll(":.*", "") + "'")) {
      return "an address stands in double quotes";
    }
    if (reason.contains("got ':'") && COLON.matcher(text).find()) {
      return "a path with a colon stands in double quotes";
    }
    if (reason.contains("backslash")) {
      return "within double quotes a backslash is written twice";
    }
    if (!open.isEmpty() && reason.contains("end of file")) {
      return "close what line %s opens".formatted(open.peekFirst());
    }
    return "check quotes, braces and brackets up to this line";
  }

  private void scan() {
    int line = 1;
    int words = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      words =
          c == '.' ? words + 1 : Character.isWhitespace(c) || "{}[]=:,".indexOf(c) >= 0 ? 0 : words;
      deepest = Math.max(deepest, words);
      if (c == '\n') {
        line++;
      } else if (c == '#' || text.startsWith("//", i)) {
        i = end(i, "\n") - 1;
      } else if (text.startsWith("\"\"\"", i)) {
        int end = end(i + 3, "\"\"\"");
        line += (int) text.substring(i, end).chars().filter(each -> each == '\n').count();
        i = end + 2;
      } else if (c == '"') {
        i = endOfText(i + 1);
        if (openText == 0 && (i >= text.length() || text.charAt(i) != '"')) {
          openText = line;
        }
      } else if (c == '{' || c == '[') {
        open.push(line);
        deepest = Math.max(deepest, open.size());
      } else if ((c == '}' || c == ']') && !open.isEmpty()) {
        open.pop();
      }
    }
  }

  private int end(int from, String mark) {
    int end = text.indexOf(mark, from);
    return end < 0 ? text.length() : end;
  }

  /** Of a text in double quotes, which ends with its line at the latest. */
  private int endOfText(int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i;
      }
      if (c == '\n') {
        return i - 1;
      }
      if (c == '\\') {
        i++;
      }
    }
    return text.length();
  }
}
