package dev.sieve.app.text;

import org.jspecify.annotations.Nullable;

/** The scripts in submit/, as they are called from where the user stands. */
public final class Submit {
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

  /** A word for a shell. */
  public static String quoted(String word) {
    return word.matches("[\\w./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
