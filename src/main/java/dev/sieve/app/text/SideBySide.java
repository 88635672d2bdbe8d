package dev.sieve.app.text;

import dev.sieve.error.UserException;
import dev.sieve.report.Estimate;
import dev.sieve.report.TextTable;
import dev.sieve.report.TextTable.Align;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Two configurations side by side: of one leaderboard, or the best of two studies. */
public final class SideBySide {
  private final SparkSession spark;
  private final @Nullable String study;
  private final @Nullable String phase;

  public SideBySide(SparkSession spark, @Nullable String study, @Nullable String phase) {
    this.spark = spark;
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
    List<String> studies =
        spark.sql("SELECT DISTINCT study FROM trials ORDER BY study").collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    boolean both = studies.contains(first) && studies.contains(second);
    if (!both && (studies.contains(first) || studies.contains(second))) {
      throw new UserException(
          "--compare takes two studies or two configurations, but got '%s' and '%s', of which only one is a study; there is %s"
              .formatted(first, second, String.join(", ", studies)));
    }
    LeaderboardChoice boards = new LeaderboardChoice(spark);
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
    String where = board.condition();
    List<Row> found =
        spark
            .sql(
                "SELECT rank, configuration, status, settings FROM leaderboard WHERE %s AND configuration LIKE '%s%%' ORDER BY rank LIMIT %s"
                    .formatted(where, id, id.isEmpty() ? 1 : 2))
            .collectAsList();
    if (found.size() != 1) {
      throw new UserException(
          "a configuration of %s %s must begin with '%s', one alone, but %s does: see submit/query --top 10 --study %1$s"
              .formatted(
                  board.study(), board.phase(), id, found.isEmpty() ? "none" : "more than one"));
    }
    Row row = found.get(0);
    Map<Integer, Double> accuracies = new TreeMap<>();
    Map<Integer, Double> tests = new TreeMap<>();
    long seed = 0;
    for (Row trial :
        spark
            .sql(
                "SELECT replicate, validation_accuracy, test_accuracy, seed FROM trials WHERE %s AND configuration = '%s'"
                    .formatted(where, row.getString(1)))
            .collectAsList()) {
      seed = trial.getLong(3);
      put(accuracies, trial, 1);
      put(tests, trial, 2);
    }
    return new Side(
        board,
        row.getInt(0),
        row.getString(1),
        row.getString(2),
        seed,
        accuracies,
        tests,
        new TreeMap<>(row.<String, String>getJavaMap(3)));
  }

  private static void put(Map<Integer, Double> figures, Row trial, int column) {
    if (!trial.isNullAt(column)) {
      figures.put(trial.getInt(0), trial.getDouble(column));
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
