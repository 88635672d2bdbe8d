package dev.sieve.app.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The scripts in submit/, as they are called from where the user stands. */
public final class Submit {
  /** A script as messages write it, and as it stands in no path. */
  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?<![^\\s('\"])submit/(sieve|coarse|fine|final|query|report|serve|reproduce|local|gradcheck)(?![\\w./-])");

  private Submit() {}

  /** A script's name for a shell. */
  public static String script(String name) {
    return script(System.getenv("SIEVE_SUBMIT"), name);
  }

  /**
   * @param folder where the launcher lies; null where it was not used
   */
  public static String script(@Nullable String folder, String name) {
    return quoted((folder == null ? "submit" : folder) + "/" + name);
  }

  /**
   * A message, which any package may write, with the scripts' names as one calls them from here.
   */
  public static String placed(String message) {
    return placed(System.getenv("SIEVE_SUBMIT"), message);
  }

  /**
   * @param folder where the launcher lies; null where it was not used
   */
  static String placed(@Nullable String folder, String message) {
    return SCRIPT
        .matcher(message)
        .replaceAll(found -> Matcher.quoteReplacement(script(folder, found.group(1))));
  }

  /** A word for a shell. */
  public static String quoted(String word) {
    return word.matches("[\\w./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
