package dev.sieve.spark;

import dev.sieve.spark.sql.SieveSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What ways to search cost and find, from the tables of {@code conf/compare}'s studies. Prints the
 * two tables of search.md and draws its plot. A study is named after its method and its seed:
 * {@code compare-METHOD-SEED} on the whole training set, {@code small-METHOD-SEED} on part of it;
 * {@code compare-full-SEED} is the yardstick. Studies that have not ended are left out, and named.
 *
 * <pre>SearchComparison RESULTS PLOT.svg</pre>
 */
final class SearchComparison {
  private static final int[] BUDGETS = {30, 60, 100, 200, 300, 400, 540};

  /** As the table and the plot list them. */
  private static final List<String> METHODS =
      List.of("grid", "random", "sobol", "tpe", "gp", "halving", "asha");

  /** A trial's rows at one rung: whose newest wins changes nothing of what stands here. */
  private static final String RUNGS =
      """
      WITH ended AS (
        SELECT study, configuration, replicate, rung, trial, max(epochs) AS epochs,
          max(validation_accuracy) AS accuracy, min(run_commit) AS commit
        FROM spark_catalog.default.trial_rows
        WHERE phase = 'coarse' AND study RLIKE '^(compare|small)-'
        GROUP BY study, configuration, replicate, rung, trial),
      spent AS (
        SELECT *, greatest(0, epochs - coalesce(lag(epochs) OVER (
            PARTITION BY study, configuration, replicate ORDER BY rung), 0)) AS more,
          CASE WHEN study LIKE '%-asha-%' THEN commit ELSE 0 END AS turn
        FROM ended)
      SELECT study, sum(more) OVER so_far AS spent, max(accuracy) OVER so_far AS best
      FROM spent
      WINDOW so_far AS (PARTITION BY study ORDER BY turn, rung, trial
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
      ORDER BY study, spent""";

  /** What each search has found, trained again under the full search's schedule. */
  private static final String FOUND =
      """
      SELECT study, validation_accuracy, test_accuracy FROM leaderboard
      WHERE study RLIKE '^compare-.*-[0-9]+$' AND phase = 'final' AND rank = 1
      ORDER BY study""";

  private final SparkSession spark;

  /** On the tables that the session sees. */
  SearchComparison(SparkSession spark) {
    this.spark = spark;
  }

  /** Takes the results folder and the file to draw to. */
  public static void main(String[] args) throws IOException {
    SparkSession spark = SieveSession.open("compare searches", args[0]);
    SearchComparison comparison = new SearchComparison(spark);
    comparison.unfinished().forEach(study -> System.out.println("not ended: " + study));
    System.out.println(comparison.picks());
    List<BestSoFar> curves = comparison.curves();
    System.out.println(table(curves));
    if (!curves.isEmpty()) {
      Files.writeString(Path.of(args[1]), new BestSoFarPlot(curves).svg());
    }
    spark.stop();
  }

  /** Studies that have rows but no end. */
  List<String> unfinished() {
    return spark
        .sql(
            "SELECT study FROM studies WHERE study RLIKE '^(compare|small)-' AND state <> 'done' ORDER BY study")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /**
   * What each method spent, and by how many points what it found falls short of what the full
   * search of the same seed did, as Markdown.
   */
  String picks() {
    Map<String, Found> found = found();
    Map<String, List<String>> methods = new TreeMap<>();
    for (String study : found.keySet()) {
      if (!method(study).equals("full") && found.containsKey(full(study))) {
        methods.computeIfAbsent(method(study), method -> new ArrayList<>()).add(study);
      }
    }
    StringBuilder text = new StringBuilder();
    text.append(
        "| search | epochs | of the full search | falls short by, points | each seed | on test images |\n");
    text.append("|---|---|---|---|---|---|\n");
    methods.forEach((method, studies) -> text.append(line(method, studies, found)));
    return text.toString();
  }

  private static String line(String method, List<String> studies, Map<String, Found> found) {
    List<Double> epochs = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    List<Double> validation = new ArrayList<>();
    List<Double> test = new ArrayList<>();
    for (String study : studies) {
      Found own = Objects.requireNonNull(found.get(study));
      Found full = Objects.requireNonNull(found.get(full(study)));
      epochs.add((double) own.epochs());
      shares.add((double) own.epochs() / full.epochs());
      validation.add(100 * (full.validation() - own.validation()));
      test.add(100 * (full.test() - own.test()));
    }
    return String.format(
        Locale.ROOT,
        "| `%s` | %.0f | %.0f %% | %s | %s | %s |\n",
        method,
        BestSoFar.mean(epochs).value(),
        100 * BestSoFar.mean(shares).value(),
        BestSoFar.mean(validation),
        validation.stream()
            .map(points -> String.format(Locale.ROOT, "%.2f", points))
            .collect(Collectors.joining(", ")),
        BestSoFar.mean(test));
  }

  /** What every search that has ended spent and found, by its study. */
  private Map<String, Found> found() {
    List<String> unfinished = unfinished();
    Map<String, List<BestSoFar.Point>> spent = spent();
    Map<String, Found> found = new TreeMap<>();
    for (Row row : spark.sql(FOUND).collectAsList()) {
      String study = row.getString(0);
      List<BestSoFar.Point> points = spent.getOrDefault(study, List.of());
      if (!unfinished.contains(study) && !points.isEmpty()) {
        long epochs = points.get(points.size() - 1).spent();
        found.put(study, new Found(epochs, row.getDouble(1), row.getDouble(2)));
      }
    }
    return found;
  }

  /**
   * @param validation mean accuracy of what was found, as its final has it; likewise the other
   */
  private record Found(long epochs, double validation, double test) {}

  /** The full search with a study's seed. */
  private static String full(String study) {
    return study.replaceFirst("^compare-.*-", "compare-full-");
  }

  /** A curve for each method whose studies have ended. */
  List<BestSoFar> curves() {
    Map<String, List<List<BestSoFar.Point>>> methods = new TreeMap<>();
    Map<String, List<BestSoFar.Point>> spent = spent();
    spent.keySet().removeAll(unfinished());
    spent.forEach(
        (study, points) -> {
          if (study.startsWith("small-")) {
            methods.computeIfAbsent(method(study), method -> new ArrayList<>()).add(points);
          }
        });
    return METHODS.stream()
        .filter(methods::containsKey)
        .map(method -> new BestSoFar(method, methods.getOrDefault(method, List.of())))
        .toList();
  }

  /** Best so far at some budgets, as Markdown: "–" where all studies of a method had ended. */
  static String table(List<BestSoFar> curves) {
    StringBuilder text = new StringBuilder("| epochs |");
    for (int budget : BUDGETS) {
      text.append(" %s |".formatted(budget));
    }
    text.append(" at its end | seeds |\n|---").append("|---".repeat(BUDGETS.length + 2));
    text.append("|\n");
    for (BestSoFar curve : curves) {
      text.append("| `%s` |".formatted(curve.method()));
      int before = 0;
      for (int budget : BUDGETS) {
        BestSoFar.Mean mean = before < curve.end() ? curve.at(budget) : null;
        text.append(" %s |".formatted(mean == null ? "–" : percent(mean)));
        before = budget;
      }
      BestSoFar.Mean last = curve.at(curve.end());
      text.append(
          " %s (%s) | %s |\n"
              .formatted(last == null ? "–" : percent(last), curve.end(), curve.studies().size()));
    }
    return text.toString();
  }

  private static String percent(BestSoFar.Mean mean) {
    return new BestSoFar.Mean(100 * mean.value(), 100 * mean.error()).toString();
  }

  /** Every study's best so far; before the first figure of a study there is no point. */
  private Map<String, List<BestSoFar.Point>> spent() {
    Map<String, List<BestSoFar.Point>> studies = new TreeMap<>();
    for (Row row : spark.sql(RUNGS).collectAsList()) {
      if (!row.isNullAt(2)) {
        studies
            .computeIfAbsent(row.getString(0), study -> new ArrayList<>())
            .add(new BestSoFar.Point(row.getLong(1), row.getDouble(2)));
      }
    }
    return studies;
  }

  /** {@code halving-lean} of {@code compare-halving-lean-3}. */
  private static String method(String study) {
    return study.replaceFirst("^(compare|small)-", "").replaceFirst("-[0-9]+$", "");
  }
}
