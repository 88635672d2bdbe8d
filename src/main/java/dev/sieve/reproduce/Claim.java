package dev.sieve.reproduce;

import java.util.List;
import java.util.Locale;

/**
 * Something that the reports say of networks, not a number of one run, and how it was tested.
 *
 * @param reports who says it
 * @param statement what
 * @param test what was compared, in words
 * @param parts the claim holds if all of them do
 */
public record Claim(String reports, String statement, String test, List<Part> parts) {
  private static final double SIGNIFICANT = 0.05;

  /**
   * One comparison over seeds.
   *
   * @param n seeds
   * @param effect the median difference, in words
   * @param p one-sided, in favour of the claim
   * @param against one-sided, in favour of its opposite
   */
  public record Part(String label, int n, String effect, double p, double against) {
    /** {@code 3 layers: +1.2 points, n = 5, p = 0.031}. */
    public String text() {
      return String.format(Locale.ROOT, "%s: %s, n = %d, p = %.3f", label, effect, n, p);
    }
  }

  /** What the tests say. */
  public enum Answer {
    CONFIRMED,
    REFUTED,
    UNDECIDED,
    NOT_RUN
  }

  public Claim {
    parts = List.copyOf(parts);
  }

  /**
   * Confirmed if every part is significant at 0.05, refuted if the opposite of one is, else
   * undecided.
   */
  public Answer answer() {
    if (parts.isEmpty() || parts.stream().anyMatch(part -> part.n() == 0)) {
      return Answer.NOT_RUN;
    }
    if (parts.stream().allMatch(part -> part.p() < SIGNIFICANT)) {
      return Answer.CONFIRMED;
    }
    return parts.stream().anyMatch(part -> part.against() < SIGNIFICANT)
        ? Answer.REFUTED
        : Answer.UNDECIDED;
  }

  /** The largest p of the parts, on which the answer hangs. */
  public double p() {
    return parts.stream().mapToDouble(Part::p).max().orElse(1);
  }
}
