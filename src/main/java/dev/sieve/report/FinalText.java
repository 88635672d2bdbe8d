package dev.sieve.report;

import dev.sieve.report.TextTable.Align;
import dev.sieve.trial.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the final training came to: means ± standard errors over its replicates. */
public final class FinalText {
  /**
   * One replicate at one moment.
   *
   * @param test null where test data was not measured
   */
  public record Measured(Metrics train, Metrics validation, @Nullable Metrics test) {}

  private FinalText() {}

  /**
   * A row for each set and figure, untrained beside trained.
   *
   * @param untrained a row of each replicate before its first step
   * @param trained a row of each replicate after its last step
   */
  public static List<String> lines(List<Measured> untrained, List<Measured> trained, int width) {
    TextTable table =
        new TextTable()
            .column("", Align.LEFT)
            .column("", Align.LEFT)
            .column("untrained", Align.RIGHT)
            .column("trained", Align.RIGHT);
    rows(table, "train", untrained, trained, Measured::train);
    rows(table, "validation", untrained, trained, Measured::validation);
    rows(table, "test", untrained, trained, Measured::test);
    List<String> lines = new ArrayList<>(table.lines(width));
    lines.add("mean ± standard error (replicates)");
    return lines;
  }

  private static void rows(
      TextTable table,
      String set,
      List<Measured> untrained,
      List<Measured> trained,
      Function<Measured, @Nullable Metrics> part) {
    List<Metrics> before = figures(untrained, part);
    List<Metrics> after = figures(trained, part);
    if (before.isEmpty() && after.isEmpty()) {
      return;
    }
    table.row(
        set,
        "accuracy",
        text(before, Metrics::accuracy, Estimate::percent),
        text(after, Metrics::accuracy, Estimate::percent));
    table.row(
        "",
        "loss",
        text(before, Metrics::loss, Estimate::plain),
        text(after, Metrics::loss, Estimate::plain));
    table.row(
        "",
        "cost",
        text(before, Metrics::cost, Estimate::plain),
        text(after, Metrics::cost, Estimate::plain));
  }

  private static List<Metrics> figures(
      List<Measured> rows, Function<Measured, @Nullable Metrics> part) {
    List<Metrics> figures = new ArrayList<>();
    for (Measured row : rows) {
      Metrics measured = part.apply(row);
      if (measured != null) {
        figures.add(measured);
      }
    }
    return figures;
  }

  private static String text(
      List<Metrics> rows, ToDoubleFunction<Metrics> figure, Function<Estimate, String> text) {
    if (rows.isEmpty()) {
      return "–";
    }
    return text.apply(Estimate.of(rows.stream().map(figure::applyAsDouble).toList()));
  }
}
