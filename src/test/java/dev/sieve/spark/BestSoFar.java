package dev.sieve.spark;

import dev.sieve.report.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The best validation accuracy that a way to search has found by some number of epochs, over
 * studies that differ in their seed alone.
 *
 * @param studies the points of each, in the order in which it spent its epochs
 */
record BestSoFar(String method, List<List<Point>> studies) {
  /**
   * @param spent epochs of all trials that had ended by then
   * @param best validation accuracy, a fraction
   */
  record Point(long spent, double best) {}

  /**
   * @param error standard error of the mean over studies; 0 for one
   */
  record Mean(double value, double error) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f ± %.2f", value, error);
    }
  }

  BestSoFar {
    studies = List.copyOf(studies);
  }

  /** The mean after so many epochs; null before every study has ended a trial. */
  @Nullable Mean at(double epochs) {
    List<Double> values = new ArrayList<>();
    for (List<Point> study : studies) {
      Double best = null;
      for (Point point : study) {
        best = point.spent() <= epochs ? Double.valueOf(point.best()) : best;
      }
      if (best == null) {
        return null;
      }
      values.add(best);
    }
    return mean(values);
  }

  /** Epochs after which no study goes on. */
  long end() {
    return studies.stream().flatMap(List::stream).mapToLong(Point::spent).max().orElse(0);
  }

  /** Epochs at which the mean may change, in their order. */
  List<Long> changes() {
    return studies.stream()
        .flatMap(List::stream)
        .map(Point::spent)
        .distinct()
        .sorted()
        .filter(spent -> at(spent) != null)
        .toList();
  }

  /** Of at least one value. */
  static Mean mean(List<Double> values) {
    Estimate estimate = Estimate.of(values);
    Double error = estimate.standardError();
    return new Mean(estimate.mean(), error == null ? 0 : error);
  }
}
