package dev.sieve.error;

import java.util.stream.Collectors;

/** Texts of errors that are not ours, to be told in a message of ours. */
public final class ErrorText {
  private static final int LINES = 12;

  private ErrorText() {}

  /** Without the plan that Spark appends to what it says of a query. */
  public static String firstLines(Throwable error) {
    return String.valueOf(error.getMessage())
        .lines()
        .takeWhile(line -> !line.startsWith("'") && !line.startsWith("+-"))
        .filter(line -> !line.isBlank())
        .limit(LINES)
        .collect(Collectors.joining("\n"));
  }
}
