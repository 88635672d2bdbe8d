package dev.sieve.reproduce;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code published.csv}: what a report prints, and which figure of ours answers it.
 *
 * @param report the report's short name
 * @param experiment the same for all rows of one experiment
 * @param setting as far as the report says
 * @param metric what was measured
 * @param published the number; null where the report only has a figure
 * @param note what the text leaves open or contradicts
 * @param source the study whose trials answer it, or {@code check:NAME}; empty where there is none
 * @param where which of the study's trials; see {@link TrialFilter}
 * @param figure a column of the table {@code trials} (with {@code untrained_} of its epoch 0), or a
 *     measure of a gradient check
 * @param other a study that runs the same in another reading; or empty
 * @param reason why ours may lie elsewhere, or why there is none; or empty
 */
public record PublishedNumber(
    String report,
    String experiment,
    String setting,
    String metric,
    @Nullable Double published,
    String note,
    String source,
    TrialFilter where,
    String figure,
    String other,
    String reason) {
  static final String CHECK = "check:";

  /** All rows, in the reports' order. */
  public static List<PublishedNumber> all() {
    return Csv.resource("published.csv").stream().map(PublishedNumber::of).toList();
  }

  private static PublishedNumber of(Map<String, String> row) {
    String number = cell(row, "published");
    return new PublishedNumber(
        cell(row, "report"),
        cell(row, "experiment"),
        cell(row, "setting"),
        cell(row, "metric"),
        number.isEmpty() ? null : Double.valueOf(number),
        cell(row, "note"),
        cell(row, "study"),
        TrialFilter.of(cell(row, "where")),
        cell(row, "figure"),
        cell(row, "other"),
        cell(row, "reason"));
  }

  private static String cell(Map<String, String> row, String heading) {
    String cell = row.get(heading);
    if (cell == null) {
      throw new IllegalStateException("published.csv must have a column " + heading);
    }
    return cell;
  }

  boolean isCheck() {
    return source.startsWith(CHECK);
  }

  /** What one unit of slack is, and how the number is printed. */
  Metric unit() {
    return isCheck() ? Metric.ERROR : figure.endsWith("accuracy") ? Metric.ACCURACY : Metric.LOSS;
  }
}
