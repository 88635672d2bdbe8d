package dev.sieve.report;

import dev.sieve.report.TextTable.Align;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.space.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The leaderboard of a phase as a table; the best three that may be picked are marked. */
public final class LeaderboardText {
  private static final int MARKED = 3;

  private LeaderboardText() {}

  /**
   * The first rows of a leaderboard.
   *
   * @param rows best first
   * @param axes the phase's axes, a column each
   * @param top how many rows at most
   * @param width of the terminal
   */
  public static List<String> lines(List<LeaderboardRow> rows, List<Axis> axes, int top, int width) {
    TextTable table = new TextTable();
    table.column("", Align.LEFT).column("rank", Align.RIGHT).column("trial", Align.RIGHT);
    axes.forEach(axis -> table.column(axis.label(), Align.RIGHT));
    table
        .column("validation", Align.RIGHT)
        .column("± s.e.", Align.RIGHT)
        .column("n", Align.RIGHT)
        .column("status", Align.LEFT)
        .column("configuration", Align.LEFT);
    for (LeaderboardRow row : rows.subList(0, Math.min(top, rows.size()))) {
      table.row(cells(row, axes));
    }
    List<String> lines = new ArrayList<>(table.lines(width));
    if (rows.size() > top) {
      lines.add("… and %s more".formatted(rows.size() - top));
    }
    return lines;
  }

  /** The mark of the best three of those that may be picked; empty for others. */
  public static String mark(@Nullable Integer rank, @Nullable String status) {
    return rank != null && rank <= MARKED && "done".equals(status) ? "*" : "";
  }

  private static List<String> cells(LeaderboardRow row, List<Axis> axes) {
    List<String> cells = new ArrayList<>();
    cells.add(mark(row.rank(), row.status()));
    cells.add(Integer.toString(row.rank()));
    cells.add(Integer.toString(row.trial()));
    axes.forEach(axis -> cells.add(brief(row.settings().getOrDefault(axis.path(), "–"))));
    Double error = row.standardError();
    cells.add(Numbers.percent(row.validationAccuracy()));
    cells.add(error == null ? "–" : String.format(Locale.ROOT, "%.2f", 100 * error));
    cells.add(Integer.toString(row.replicates()));
    cells.add(row.status());
    cells.add(row.configuration());
    return cells;
  }

  /** A number in few digits, any other text as it is. */
  private static String brief(String text) {
    try {
      return Numbers.brief(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
