package dev.sieve.reproduce;

import dev.sieve.search.stats.PredictionInterval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published number beside ours.
 *
 * @param ours what the trials gave, one value a replicate; diverged ones are not among them
 * @param mean of ours, on the number's own scale; null without ours
 * @param deviation over n − 1; null for fewer than two
 * @param distance how far the published number lies outside, on the compared scale; 0 inside
 * @param remark what came of it otherwise: runs that diverged, why there is no figure
 */
public record PublishedComparison(
    PublishedNumber published,
    List<Double> ours,
    @Nullable Double mean,
    @Nullable Double deviation,
    Verdict verdict,
    double distance,
    String remark) {
  /** TrialFilter the published number lies. */
  public enum Verdict {
    INSIDE,
    ABOVE,
    BELOW,
    /** The report has no number, only a figure. */
    NO_NUMBER,
    /** The experiment has not run. */
    NOT_RUN,
    /** It ran, but not a single trial has a figure. */
    NO_FIGURE
  }

  private static final double CONFIDENCE = 0.95;

  static PublishedComparison without(PublishedNumber number, Verdict verdict, String remark) {
    return new PublishedComparison(number, List.of(), null, null, verdict, 0, remark);
  }

  /** Judges a published number by at least one run of ours. */
  static PublishedComparison of(PublishedNumber number, List<Double> ours, String remark) {
    Metric unit = number.unit();
    Double published = number.published();
    if (published == null) {
      throw new IllegalArgumentException("a number must have been published, but none was");
    }
    double mean = mean(ours);
    List<Double> scaled = ours.stream().map(unit::scaled).toList();
    double centre = mean(scaled);
    PredictionInterval interval =
        ours.size() < 2
            ? new PredictionInterval(centre, centre)
            : PredictionInterval.of(centre, deviation(scaled), ours.size(), CONFIDENCE);
    double value = unit.scaledPublished(published);
    double above = value - (interval.high() + unit.slack());
    double below = interval.low() - unit.slack() - value;
    Verdict verdict = above > 0 ? Verdict.ABOVE : below > 0 ? Verdict.BELOW : Verdict.INSIDE;
    return new PublishedComparison(
        number,
        List.copyOf(ours),
        mean,
        ours.size() < 2 ? null : deviation(ours),
        verdict,
        Math.max(0, Math.max(above, below)),
        remark);
  }

  /**
   * {@code inside}; {@code above by 1.20 points}: where the published number is, seen from ours.
   */
  public String text() {
    return switch (verdict) {
      case INSIDE -> "inside";
      case ABOVE -> "above by " + published.unit().distance(distance);
      case BELOW -> "below by " + published.unit().distance(distance);
      case NO_NUMBER -> "a figure, no number";
      case NOT_RUN -> "not run";
      case NO_FIGURE -> "no figure of ours";
    };
  }

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).sum() / values.size();
  }

  /** Over n − 1. */
  static double deviation(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1));
  }
}
