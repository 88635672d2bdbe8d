package dev.sieve.spark.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The views over the raw tables, as SQL text. Each is made of the raw tables alone, so that it
 * means the same whatever else a session holds.
 */
public final class Views {
  /**
   * A view.
   *
   * @param columns names and comments, in the order of {@code query}
   */
  public record View(String name, String comment, List<ViewColumn> columns, String query) {}

  public record ViewColumn(String name, String comment) {}

  private static final List<String> MEANS =
      List.of("validation_accuracy", "train_accuracy", "test_accuracy");

  static final String TRIALS_QUERY =
      newest(
          TrialTable.TABLE,
          "study, phase, level, configuration, replicate",
          "rung DESC, run_commit DESC, run_started DESC");

  static final String EPOCHS_QUERY =
      newest(
          EpochTable.TABLE,
          "study, phase, level, configuration, replicate, epoch, step",
          "rung DESC, run_commit DESC");

  static final String STUDIES_QUERY =
      newest(StudyTable.TABLE, "study, phase, level", "run_commit DESC");

  public static final List<View> ALL =
      List.of(
          new View(
              "trials",
              "One row a trial, the newest of its highest rung. Example: SELECT lambda, eta, sigma, validation_accuracy FROM trials WHERE phase = \"coarse\" ORDER BY validation_accuracy DESC",
              columns(TrialTable.TABLE),
              TRIALS_QUERY),
          new View(
              "epochs",
              "Learning curves: one row an evaluation of a trial",
              columns(EpochTable.TABLE),
              EPOCHS_QUERY),
          new View(
              "studies",
              "One row a phase and level: plan, state, box",
              columns(StudyTable.TABLE),
              STUDIES_QUERY),
          new View(
              "leaderboard",
              "Configurations ranked within study, phase and level: first those all of whose planned replicates are done, by mean validation accuracy; then those pruned or unfinished, by rung and accuracy; last those with a diverged, failed or lost replicate. Ties go by configuration",
              leaderboardColumns(),
              leaderboard()),
          new View(
              "best",
              "The pick of each study: rank 1 of its last finished fine level, or of coarse where there is none; final rows are no candidates",
              leaderboardColumns(),
              best()),
          TrialViews.curves(),
          TrialViews.failures());

  private Views() {}

  /** The first row of each key in an order. */
  private static String newest(Table<?> table, String key, String order) {
    return """
        SELECT %s FROM (
          SELECT *, row_number() OVER (PARTITION BY %s ORDER BY %s) AS newest_first
          FROM spark_catalog.default.%s)
        WHERE newest_first = 1"""
        .formatted(names(table), key, order, table.name());
  }

  private static String names(Table<?> table) {
    return table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private static List<ViewColumn> columns(Table<?> table) {
    return table.columns().stream()
        .map(column -> new ViewColumn(column.name(), column.comment()))
        .toList();
  }

  /**
   * The mean of {@code column} over the replicates that have it, NULL where none has. A sum of
   * doubles depends on their order, which follows Spark's partitions, and could decide a tie by its
   * last bits; a sum of decimals is exact.
   */
  private static String mean(String column) {
    return "CAST(avg(CAST(%s AS DECIMAL(20, 17))) AS DOUBLE) AS %s".formatted(column, column);
  }

  public static String leaderboard() {
    return leaderboard(TRIALS_QUERY);
  }

  /**
   * @param trials a query for rows as the view {@code trials} has them
   */
  public static String leaderboard(String trials) {
    // Each column of the first replicate for itself, not one struct of all: what nobody asks for,
    // the map of settings above all, is then not even read. The plan's replicates are found among
    // configurations, not among all rows: a window over 100,000 rows fewer.
    return """
        WITH ended AS (%s),
        grouped AS (
          SELECT study, phase, level, configuration,
            count_if(status = 'failed') > 0 AS failed,
            count_if(status = 'lost') > 0 AS lost,
            count_if(status = 'diverged') > 0 AS diverged,
            count_if(status = 'done') AS done_replicates,
            max(run_commit) AS newest, max_by(run_replicates, run_commit) AS newest_replicates,
            count_if(status = 'pruned') > 0 AS pruned,
            count_if(status = 'paused') > 0 AS paused,
            CAST(count(validation_accuracy) AS INT) AS replicates,
            %s,
            stddev_samp(validation_accuracy) / sqrt(count(validation_accuracy)) AS validation_accuracy_se,
            max(rung) AS rung,
            %s
          FROM ended GROUP BY study, phase, level, configuration),
        planned AS (
          SELECT *, done_replicates >= max_by(newest_replicates, newest)
              OVER (PARTITION BY study, phase, level) AS done
          FROM grouped),
        judged AS (
          SELECT *,
            CASE WHEN failed THEN 'failed' WHEN lost THEN 'lost' WHEN diverged THEN 'diverged'
              WHEN done THEN 'done' WHEN pruned THEN 'pruned' WHEN paused THEN 'paused'
              ELSE 'incomplete' END AS status,
            CASE WHEN failed OR lost OR diverged THEN 2 WHEN done THEN 0 ELSE 1 END AS class
          FROM planned)
        SELECT study, phase, level,
          row_number() OVER (PARTITION BY study, phase, level
            ORDER BY class, CASE WHEN class = 1 THEN rung END DESC,
              validation_accuracy DESC NULLS LAST, configuration) AS rank,
          configuration, status, replicates,
          validation_accuracy, validation_accuracy_se, train_accuracy, test_accuracy,
          lambda, eta, sigma, rung, trial, settings
        FROM judged"""
        .formatted(
            trials,
            MEANS.stream().map(Views::mean).collect(Collectors.joining(",\n    ")),
            Stream.of("trial", "lambda", "eta", "sigma", "settings")
                .map("min_by(%1$s, replicate) AS %1$s"::formatted)
                .collect(Collectors.joining(",\n    ")));
  }

  private static String best() {
    return """
        WITH ranked AS (%s),
        finished AS (
          SELECT study, phase, level,
            row_number() OVER (PARTITION BY study
              ORDER BY CASE phase WHEN 'fine' THEN 1 ELSE 0 END DESC, level DESC) AS last_first
          FROM (%s) WHERE phase IN ('coarse', 'fine') AND state = 'done')
        SELECT %s FROM ranked LEFT SEMI JOIN finished
          ON ranked.study = finished.study AND ranked.phase = finished.phase
            AND ranked.level = finished.level AND finished.last_first = 1
        WHERE rank = 1 AND status = 'done'"""
        .formatted(
            leaderboard(),
            STUDIES_QUERY,
            leaderboardColumns().stream().map(ViewColumn::name).collect(Collectors.joining(", ")));
  }

  private static List<ViewColumn> leaderboardColumns() {
    List<ViewColumn> all = new ArrayList<>();
    for (String key : List.of("study", "phase", "level")) {
      all.add(new ViewColumn(key, TrialTable.TABLE.commentOf(key)));
    }
    all.add(new ViewColumn("rank", "1 for the best of its study, phase and level"));
    all.add(new ViewColumn("configuration", TrialTable.TABLE.commentOf("configuration")));
    all.add(
        new ViewColumn(
            "status",
            "done where all planned replicates are; failed, lost or diverged where one is; else pruned, paused or incomplete"));
    all.add(new ViewColumn("replicates", "Replicates that have figures; the means are over these"));
    for (String mean : MEANS) {
      all.add(
          new ViewColumn(mean, "Mean over the replicates: " + TrialTable.TABLE.commentOf(mean)));
      if (mean.startsWith("validation")) {
        all.add(
            new ViewColumn(
                mean + "_se", "Standard error of that mean; NULL for fewer than two replicates"));
      }
    }
    for (String same : List.of("lambda", "eta", "sigma")) {
      all.add(new ViewColumn(same, TrialTable.TABLE.commentOf(same)));
    }
    all.add(new ViewColumn("rung", "Highest stage of halving that a replicate reached"));
    all.add(new ViewColumn("trial", "Ordinal of the first replicate"));
    all.add(new ViewColumn("settings", TrialTable.TABLE.commentOf("settings")));
    return List.copyOf(all);
  }
}
