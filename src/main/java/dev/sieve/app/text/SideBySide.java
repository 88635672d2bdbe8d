package dev.sieve.app.text;

import dev.sieve.error.UserException;
import dev.sieve.report.Estimate;
import dev.sieve.report.TextTable;
import dev.sieve.report.TextTable.Align;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.TrialRow;
import dev.sieve.spark.store.ReportReader;
import dev.sieve.trial.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Two configurations side by side: of one leaderboard, or the best of two studies. */
public final class SideBySide {
  private final ReportReader reader;
  private final @Nullable String study;
  private final @Nullable String phase;

  public SideBySide(ReportReader reader, @Nullable String study, @Nullable String phase) {
    this.reader = reader;
    this.study = study;
    this.phase = phase;
  }

  /**
   * One side.
   *
   * @param accuracies validation accuracy of each replicate that has one
   */
  record Side(
      LeaderboardChoice.Board board,
      int rank,
      String configuration,
      String status,
      long seed,
      Map<Integer, Double> accuracies,
      Map<Integer, Double> tests,
      Map<String, String> settings) {}

  public List<String> lines(String first, String second, int width) {
    List<String> studies = reader.names().stream().sorted().toList();
    boolean both = studies.contains(first) && studies.contains(second);
    if (!both && (studies.contains(first) || studies.contains(second))) {
      throw new UserException(
          "--compare takes two studies or two configurations, but got '%s' and '%s', of which only one is a study; there is %s"
              .formatted(first, second, String.join(", ", studies)));
    }
    LeaderboardChoice boards = new LeaderboardChoice(reader);
    Side a =
        both ? side(boards.choose(first, phase), "") : side(boards.choose(study, phase), first);
    Side b = both ? side(boards.choose(second, phase), "") : side(a.board(), second);
    return text(a, b, width);
  }

  /** A board's best, or the configuration whose id begins so. */
  private Side side(LeaderboardChoice.Board board, String id) {
    if (!id.matches("[0-9a-f]{0,12}")) {
      throw new UserException(
          "--compare takes two studies or two configurations, but '%s' is no study and no configuration's id: submit/sieve studies lists the studies, submit/query --top 10 configurations"
              .formatted(id));
    }
    List<LeaderboardRow> found =
        board.rows().stream()
            .filter(row -> row.configuration().startsWith(id))
            .limit(id.isEmpty() ? 1 : 2)
            .toList();
    if (found.size() != 1) {
      throw new UserException(
          "a configuration of %s %s must begin with '%s', one alone, but %s does: see submit/query --top 10 --study %1$s"
              .formatted(
                  board.study(),
                  board.phase().label(),
                  id,
                  found.isEmpty() ? "none" : "more than one"));
    }
    LeaderboardRow row = found.get(0);
    Map<Integer, Double> accuracies = new TreeMap<>();
    Map<Integer, Double> tests = new TreeMap<>();
    long seed = 0;
    for (TrialRow trial : board.history().trials(board.phase(), board.level())) {
      if (trial.key().configuration().equals(row.configuration())) {
        seed = trial.origin().seed();
        put(accuracies, trial, trial.result().validation());
        put(tests, trial, trial.result().test());
      }
    }
    return new Side(
        board,
        row.rank(),
        row.configuration(),
        row.status(),
        seed,
        accuracies,
        tests,
        row.settings());
  }

  private static void put(Map<Integer, Double> figures, TrialRow trial, @Nullable Metrics metrics) {
    if (metrics != null && Double.isFinite(metrics.accuracy())) {
      figures.put(trial.key().replicate(), metrics.accuracy());
    }
  }

  static List<String> text(Side a, Side b, int width) {
    TextTable table =
        new TextTable()
            .column("", Align.LEFT)
            .column("A", Align.LEFT)
            .column("B", Align.LEFT)
            .column("B − A", Align.LEFT);
    table.row("study", a.board().study(), b.board().study(), "");
    table.row("phase", a.board().name(), b.board().name(), "");
    table.row("configuration", a.configuration(), b.configuration(), "");
    table.row("rank", rank(a), rank(b), "");
    boolean paired = a.seed() == b.seed();
    figures(table, "validation accuracy", a.accuracies(), b.accuracies(), paired);
    if (!a.tests().isEmpty() && !b.tests().isEmpty()) {
      figures(table, "test accuracy", a.tests(), b.tests(), paired);
    }
    TreeSet<String> paths = new TreeSet<>(a.settings().keySet());
    paths.addAll(b.settings().keySet());
    for (String path : paths) {
      String left = a.settings().get(path);
      String right = b.settings().get(path);
      if (!Objects.equals(left, right)) {
        table.row(path, left == null ? "–" : left, right == null ? "–" : right, "");
      }
    }
    List<String> lines = new ArrayList<>(table.fitted(width));
    lines.add("mean ± standard error (replicates); every other setting is the same in both");
    return lines;
  }

  private static String rank(Side side) {
    return side.rank() + (side.status().equals("done") ? "" : " (" + side.status() + ")");
  }

  private static void figures(
      TextTable table,
      String name,
      Map<Integer, Double> a,
      Map<Integer, Double> b,
      boolean sameSeed) {
    table.row(name, estimate(a), estimate(b), difference(a, b, sameSeed));
  }

  private static String estimate(Map<Integer, Double> values) {
    return values.isEmpty() ? "–" : Estimate.of(List.copyOf(values.values())).percent();
  }

  /**
   * Replicates of one number start from the same draws and see the same batches, so where the seed
   * is the same their differences say more than the difference of two means.
   */
  static String difference(Map<Integer, Double> a, Map<Integer, Double> b, boolean sameSeed) {
    if (a.isEmpty() || b.isEmpty()) {
      return "–";
    }
    List<Double> pairs = new ArrayList<>();
    a.forEach(
        (replicate, value) -> {
          Double other = b.get(replicate);
          if (other != null) {
            pairs.add(other - value);
          }
        });
    if (sameSeed && pairs.size() >= 2 && pairs.size() == a.size() && pairs.size() == b.size()) {
      return points(Estimate.of(pairs)) + ", paired";
    }
    Estimate left = Estimate.of(List.copyOf(a.values()));
    Estimate right = Estimate.of(List.copyOf(b.values()));
    Double error =
        left.standardError() == null || right.standardError() == null
            ? null
            : Math.hypot(left.standardError(), right.standardError());
    return points(new Estimate(right.mean() - left.mean(), error, 1));
  }

  private static String points(Estimate difference) {
    Double error = difference.standardError();
    return String.format(Locale.ROOT, "%+.2f", 100 * difference.mean())
        + (error == null ? "" : String.format(Locale.ROOT, " ± %.2f", 100 * error))
        + " points";
  }
}
