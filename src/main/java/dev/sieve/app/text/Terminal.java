package dev.sieve.app.text;

/** What is known of the terminal that a command prints to. */
public final class Terminal {
  private static final int WIDE = 1000;

  private Terminal() {}

  /** Whether a person watches: both input and output are a terminal. */
  public static boolean interactive() {
    return System.console() != null;
  }

  /**
   * Columns that a line may take: the terminal's as the launcher found them, else as many as
   * needed.
   */
  public static int width() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : WIDE;
  }
}
