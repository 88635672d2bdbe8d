package dev.sieve.spark.live;

import java.util.Locale;

/**
 * How far a running group is, as its executor told last. For display alone: nothing is decided by
 * it, and any of it may be lost.
 *
 * @param job names the group within its driver's executor
 * @param host where it runs
 * @param firstTrial ordinal
 * @param trials trials of the group that have told of a row
 * @param epoch epochs trained
 * @param epochs of the whole budget
 * @param accuracy validation accuracy of the last row, the best of the group's
 * @param epochsPerSecond of all its networks together
 */
public record LiveGroup(
    String job,
    String host,
    int firstTrial,
    int trials,
    int epoch,
    int epochs,
    double accuracy,
    double epochsPerSecond) {
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 8;

  /** As it travels: a driver's message threads may not see the classes of the jar. */
  public String text() {
    return String.join(
        SEPARATOR,
        job,
        host,
        Integer.toString(firstTrial),
        Integer.toString(trials),
        Integer.toString(epoch),
        Integer.toString(epochs),
        String.format(Locale.ROOT, "%.6f", accuracy),
        String.format(Locale.ROOT, "%.6f", epochsPerSecond));
  }

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException if it is not such a text
   */
  public static LiveGroup of(String text) {
    String[] words = text.split(SEPARATOR, -1);
    if (words.length != FIELDS) {
      throw new IllegalArgumentException(
          "a live message must have %s fields, but got %s".formatted(FIELDS, words.length));
    }
    return new LiveGroup(
        words[0],
        words[1],
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]),
        Integer.parseInt(words[5]),
        Double.parseDouble(words[6]),
        Double.parseDouble(words[7]));
  }
}
