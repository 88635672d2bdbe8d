package dev.sieve.reproduce;

import java.util.Arrays;
import java.util.List;

/**
 * A panel of a report's figure, as {@code figures.csv} names it: the curves of some trials.
 *
 * @param figure the report's name for it; panels of one figure stand side by side on one scale
 * @param quantities loss, cost, accuracy or eta: a chart each
 */
record FigurePanel(
    String report,
    String figure,
    String caption,
    String study,
    TrialFilter where,
    String title,
    List<String> quantities) {
  static List<FigurePanel> all() {
    return Csv.resource("figures.csv").stream()
        .map(
            row ->
                new FigurePanel(
                    row.getOrDefault("report", ""),
                    row.getOrDefault("figure", ""),
                    row.getOrDefault("caption", ""),
                    row.getOrDefault("study", ""),
                    TrialFilter.of(row.getOrDefault("where", "")),
                    row.getOrDefault("title", ""),
                    Arrays.asList(row.getOrDefault("quantities", "").split(" "))))
        .toList();
  }
}
