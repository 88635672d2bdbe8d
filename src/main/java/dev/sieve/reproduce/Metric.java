package dev.sieve.reproduce;

import java.util.Locale;

/** What a number measures: how it is printed, and how much slack a published one has. */
public enum Metric {
  /** A fraction; slack is one point: another machine's arithmetic, images and order. */
  ACCURACY(0.01, "points"),
  /** Nats, printed by the reports with two digits; slack is 0.05, about what a point is worth. */
  LOSS(0.05, ""),
  /** An error of gradients, compared by its decimal logarithm; slack is one decade. */
  ERROR(1, "decades");

  /** Below it an error that was printed as 0 may have been anything. */
  private static final double SMALLEST = 5e-10;

  /**
   * Errors below it are all the rounding of a gradient of 0; their logarithms would mean nothing.
   */
  private static final double ROUNDING = 1e-9;

  private final double slack;
  private final String word;

  Metric(double slack, String word) {
    this.slack = slack;
    this.word = word;
  }

  double slack() {
    return slack;
  }

  /** On the scale on which it is compared. */
  double scaled(double value) {
    return this == ERROR ? StrictMath.log10(Math.max(value, ROUNDING)) : value;
  }

  /**
   * A published number on that scale; an error printed as 0 stands for what would be printed so.
   */
  double scaledPublished(double value) {
    return this == ERROR && value == 0 ? StrictMath.log10(SMALLEST) : scaled(value);
  }

  String text(double value) {
    return switch (this) {
      case ACCURACY -> String.format(Locale.ROOT, "%.2f %%", 100 * value);
      case LOSS -> String.format(Locale.ROOT, "%.4f", value);
      case ERROR -> value == 0 ? "0" : String.format(Locale.ROOT, "%.2e", value);
    };
  }

  /** A distance on the compared scale. */
  String distance(double value) {
    return switch (this) {
      case ACCURACY -> String.format(Locale.ROOT, "%.2f %s", 100 * value, word);
      case LOSS -> String.format(Locale.ROOT, "%.3f", value);
      case ERROR -> String.format(Locale.ROOT, "%.1f %s", value, word);
    };
  }
}
