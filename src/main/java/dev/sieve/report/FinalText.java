package dev.sieve.report;

import dev.sieve.report.TextTable.Align;
import dev.sieve.trial.Figures;
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
  public record Measured(Figures train, Figures validation, @Nullable Figures test) {}

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
      Function<Measured, @Nullable Figures> part) {
    List<Figures> before = figures(untrained, part);
    List<Figures> after = figures(trained, part);
    if (before.isEmpty() && after.isEmpty()) {
      return;
    }
    table.row(
        set,
        "accuracy",
        text(before, Figures::accuracy, Estimate::percent),
        text(after, Figures::accuracy, Estimate::percent));
    table.row(
        "",
        "loss",
        text(before, Figures::loss, Estimate::plain),
        text(after, Figures::loss, Estimate::plain));
    table.row(
        "",
        "cost",
        text(before, Figures::cost, Estimate::plain),
        text(after, Figures::cost, Estimate::plain));
  }

  private static List<Figures> figures(
      List<Measured> rows, Function<Measured, @Nullable Figures> part) {
    List<Figures> figures = new ArrayList<>();
    for (Measured row : rows) {
      Figures measured = part.apply(row);
      if (measured != null) {
        figures.add(measured);
      }
    }
    return figures;
  }

  private static String text(
      List<Figures> rows, ToDoubleFunction<Figures> figure, Function<Estimate, String> text) {
    if (rows.isEmpty()) {
      return "–";
    }
    return text.apply(Estimate.of(rows.stream().map(figure::applyAsDouble).toList()));
  }
}
