package dev.sieve.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What ways to search cost and find, from the tables of {@code conf/compare}'s studies. Prints the
 * two tables of search.md and draws its plot. A study is named after its method and its seed:
 * {@code compare-METHOD-SEED} on the whole training set, {@code small-METHOD-SEED} on part of it;
 * {@code compare-full} is the yardstick. Studies that have not ended are left out, and named.
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

  /** What each configuration is worth, and by how much each pick falls short of the best. */
  private static final String PICKS =
      """
      WITH worth AS (
        SELECT configuration, validation_accuracy AS worth FROM leaderboard
        WHERE study = 'compare-full' AND phase = 'coarse'),
      single AS (
        SELECT concat('compare-single-', replicate) AS study, configuration,
          row_number() OVER (PARTITION BY replicate
            ORDER BY validation_accuracy DESC NULLS LAST, configuration) AS rank
        FROM trials WHERE study = 'compare-full' AND phase = 'coarse'),
      picked AS (
        SELECT study, configuration FROM single WHERE rank = 1
        UNION ALL
        SELECT study, configuration FROM leaderboard
        WHERE study RLIKE '^compare-.*-[0-9]+$' AND phase = 'coarse' AND rank = 1)
      SELECT study, (SELECT max(worth) FROM worth) - worth AS short
      FROM picked JOIN worth USING (configuration) ORDER BY study""";

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

  /** By how many points each method's picks fall short, and what they cost, as Markdown. */
  String picks() {
    List<String> unfinished = unfinished();
    Map<String, Long> spent = new TreeMap<>();
    spent().forEach((study, points) -> spent.put(study, points.get(points.size() - 1).spent()));
    if (unfinished.contains("compare-full") || !spent.containsKey("compare-full")) {
      return "compare-full must have ended before picks can be judged\n";
    }
    Map<String, Map<String, Double>> shortfalls =
        new TreeMap<>(
            Comparator.comparing((String m) -> !m.equals("single")).thenComparing(m -> m));
    for (Row row : spark.sql(PICKS).collectAsList()) {
      shortfalls
          .computeIfAbsent(method(row.getString(0)), method -> new LinkedHashMap<>())
          .put(row.getString(0), row.getDouble(1));
    }
    int replicates = shortfalls.getOrDefault("single", Map.of()).size();
    double full = (double) spent.getOrDefault("compare-full", 0L) / replicates;
    shortfalls.values().forEach(own -> own.keySet().removeAll(unfinished));
    StringBuilder text = new StringBuilder();
    text.append("| search | epochs | of the full search | falls short by, points | each |\n");
    text.append("|---|---|---|---|---|\n");
    for (Map.Entry<String, Map<String, Double>> entry : shortfalls.entrySet()) {
      String method = entry.getKey();
      Map<String, Double> own = entry.getValue();
      if (own.isEmpty()) {
        continue;
      }
      double epochs =
          own.keySet().stream()
              .mapToDouble(study -> method.equals("single") ? full : spent.get(study))
              .average()
              .orElseThrow();
      BestSoFar.Mean mean = BestSoFar.mean(List.copyOf(own.values()));
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %.0f %% | %.2f ± %.2f | %s |\n",
              method.equals("single") ? "full, one replicate" : method,
              epochs,
              100 * epochs / full,
              100 * mean.value(),
              100 * mean.error(),
              own.values().stream()
                  .map(value -> String.format(Locale.ROOT, "%.2f", 100 * value))
                  .collect(Collectors.joining(", "))));
    }
    return text.toString();
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
      text.append(" %d |".formatted(budget));
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
          " %s (%d) | %d |\n"
              .formatted(last == null ? "–" : percent(last), curve.end(), curve.studies().size()));
    }
    return text.toString();
  }

  private static String percent(BestSoFar.Mean mean) {
    return String.format(Locale.ROOT, "%.2f ± %.2f", 100 * mean.value(), 100 * mean.error());
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
