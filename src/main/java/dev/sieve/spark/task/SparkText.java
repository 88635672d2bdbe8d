package dev.sieve.spark.task;

import dev.sieve.error.ErrorText;
import java.util.concurrent.ExecutionException;

/** What Spark says of a job that it gave up, for people: without its codes. */
final class SparkText {
  private SparkText() {}

  static String of(Throwable error) {
    Throwable cause = error.getCause();
    Throwable said = error instanceof ExecutionException && cause != null ? cause : error;
    return ErrorText.firstLines(said)
        .replaceFirst("^\\[[A-Z0-9_.]+] ", "")
        .replaceFirst(" SQLSTATE: \\w+$", "");
  }
}
