package dev.sieve.spark.table;

import dev.sieve.spark.table.Views.View;
import dev.sieve.spark.table.Views.ViewColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Views for plotting and for looking into what went wrong. */
final class TrialViews {
  /** Of a trial, in this order; enough to tell curves apart. */
  private static final List<String> SETTINGS =
      List.of(
          "trial",
          "status",
          "lambda",
          "eta",
          "sigma",
          "hidden",
          "batch_norm",
          "init",
          "optimiser",
          "batch_size",
          "schedule");

  private static final List<String> FIGURES =
      List.of(
          "train_accuracy",
          "train_loss",
          "train_cost",
          "validation_accuracy",
          "validation_loss",
          "validation_cost",
          "test_accuracy",
          "test_loss",
          "test_cost",
          "full_set");

  private TrialViews() {}

  static View curves() {
    return new View(
        "curves",
        "Learning curves with the main settings of their trial, ready for plotting: one row an evaluation of a trial that has a row in trials. Example: SELECT trial, epoch, validation_accuracy FROM curves WHERE phase = \"coarse\" ORDER BY trial, epoch",
        curveColumns(),
        curvesQuery());
  }

  static View failures() {
    return new View(
        "failures",
        "Trials that gave no result: failed, lost, diverged, each with its reason in one line",
        failureColumns(),
        failuresQuery());
  }

  private static String curvesQuery() {
    return """
        WITH trial AS (%s), point AS (%s)
        SELECT trial.study, trial.phase, trial.level, trial.configuration, trial.replicate,
          %s,
          point.epoch, point.step, point.eta AS learning_rate,
          %s
        FROM point JOIN trial
          ON point.study = trial.study AND point.phase = trial.phase AND point.level = trial.level
            AND point.configuration = trial.configuration AND point.replicate = trial.replicate"""
        .formatted(
            Views.TRIALS_QUERY, Views.EPOCHS_QUERY, of("trial", SETTINGS), of("point", FIGURES));
  }

  private static String of(String table, List<String> columns) {
    return columns.stream().map(c -> table + "." + c).collect(Collectors.joining(", "));
  }

  private static List<ViewColumn> curveColumns() {
    List<ViewColumn> all = new ArrayList<>();
    for (String key : List.of("study", "phase", "level", "configuration", "replicate")) {
      all.add(new ViewColumn(key, TrialTable.TABLE.commentOf(key)));
    }
    SETTINGS.forEach(name -> all.add(new ViewColumn(name, TrialTable.TABLE.commentOf(name))));
    all.add(new ViewColumn("epoch", EpochTable.TABLE.commentOf("epoch")));
    all.add(new ViewColumn("step", EpochTable.TABLE.commentOf("step")));
    all.add(new ViewColumn("learning_rate", EpochTable.TABLE.commentOf("eta")));
    FIGURES.forEach(name -> all.add(new ViewColumn(name, EpochTable.TABLE.commentOf(name))));
    return List.copyOf(all);
  }

  private static String failuresQuery() {
    return """
        SELECT study, phase, level, trial, configuration, replicate, rung, status,
          CASE WHEN status = 'diverged' THEN concat('NaN or infinity in epoch ', diverged_epoch)
            ELSE trim(substring_index(replace(error, chr(13), ''), chr(10), 1)) END AS reason,
          lambda, eta, sigma, run_host, run_executor, run_attempt, run_started
        FROM (%s) WHERE status IN ('failed', 'lost', 'diverged')"""
        .formatted(Views.TRIALS_QUERY);
  }

  private static List<ViewColumn> failureColumns() {
    List<ViewColumn> all = new ArrayList<>();
    for (String name :
        List.of("study", "phase", "level", "trial", "configuration", "replicate", "rung")) {
      all.add(new ViewColumn(name, TrialTable.TABLE.commentOf(name)));
    }
    all.add(
        new ViewColumn(
            "status",
            "failed (an exception), lost (its executor or storage failed too often; it runs again), diverged"));
    all.add(
        new ViewColumn(
            "reason",
            "First line of the error, or the epoch of the first NaN or infinity; trials has the whole"));
    for (String name :
        List.of(
            "lambda", "eta", "sigma", "run_host", "run_executor", "run_attempt", "run_started")) {
      all.add(new ViewColumn(name, TrialTable.TABLE.commentOf(name)));
    }
    return List.copyOf(all);
  }
}
