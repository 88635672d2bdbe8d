package dev.sieve.report.page;

import dev.sieve.search.results.TrialRow;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Trials and their curves column by column, which is half as long as row by row. */
final class TrialColumns {
  private final List<TrialRow> trials;
  private final List<PageAxis> axes;

  TrialColumns(List<TrialRow> trials, List<PageAxis> axes) {
    this.trials = trials;
    this.axes = axes;
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("phase", column(t -> PageData.name(t.key().phase(), t.key().level())));
    all.put("trial", column(TrialRow::ordinal));
    all.put("configuration", column(t -> t.key().configuration()));
    all.put("replicate", column(t -> t.key().replicate()));
    all.put("rung", column(t -> t.key().rung()));
    all.put("status", column(t -> t.result().status().label()));
    List<Object> coordinates = new ArrayList<>();
    axes.forEach(axis -> coordinates.add(column(t -> axis.value(t.settings()))));
    all.put("x", coordinates);
    all.put("epochs", column(t -> t.result().epochs()));
    all.put("steps", column(t -> t.result().steps()));
    figures(all, "train", TrialResult::train);
    figures(all, "validation", TrialResult::validation);
    figures(all, "test", TrialResult::test);
    all.put("bestEpoch", column(t -> best(t, EpochMetrics::epoch)));
    all.put("bestAccuracy", column(t -> best(t, row -> row.validation().accuracy())));
    all.put("divergedEpoch", column(t -> t.result().divergedEpoch()));
    all.put("error", column(t -> t.result().error()));
    all.put("host", column(t -> run(t, RunInfo::host)));
    all.put("executor", column(t -> run(t, RunInfo::executor)));
    all.put("started", column(t -> run(t, run -> run.started().toEpochMilli())));
    all.put("seconds", column(t -> run(t, RunInfo::seconds)));
    return all;
  }

  private List<@Nullable Object> column(Function<TrialRow, @Nullable Object> value) {
    List<@Nullable Object> column = new ArrayList<>(trials.size());
    trials.forEach(trial -> column.add(value.apply(trial)));
    return column;
  }

  private void figures(
      Map<String, @Nullable Object> all, String set, Function<TrialResult, @Nullable Metrics> of) {
    all.put(set + "Accuracy", column(t -> figure(of.apply(t.result()), Metrics::accuracy)));
    all.put(set + "Loss", column(t -> figure(of.apply(t.result()), Metrics::loss)));
    all.put(set + "Cost", column(t -> figure(of.apply(t.result()), Metrics::cost)));
  }

  private static @Nullable Object figure(
      @Nullable Metrics figures, ToDoubleFunction<Metrics> figure) {
    return figures == null ? null : (Object) figure.applyAsDouble(figures);
  }

  private static @Nullable Object best(
      TrialRow trial, Function<EpochMetrics, @Nullable Object> of) {
    EpochMetrics best = trial.result().best();
    return best == null ? null : of.apply(best);
  }

  private static @Nullable Object run(TrialRow trial, Function<RunInfo, @Nullable Object> of) {
    RunInfo run = trial.run();
    return run == null ? null : of.apply(run);
  }

  /** A trial's curve: arrays of epoch, step, η, then accuracy, loss, cost of each set. */
  List<Object> curves() {
    List<Object> curves = new ArrayList<>(trials.size());
    for (TrialRow trial : trials) {
      List<EpochMetrics> rows = trial.result().curve();
      List<Object> columns = new ArrayList<>();
      columns.add(numbers(rows, EpochMetrics::epoch));
      columns.add(numbers(rows, EpochMetrics::step));
      columns.add(numbers(rows, EpochMetrics::eta));
      set(columns, rows, EpochMetrics::train);
      set(columns, rows, EpochMetrics::validation);
      if (rows.stream().anyMatch(row -> row.test() != null)) {
        set(columns, rows, EpochMetrics::test);
      }
      curves.add(columns);
    }
    return curves;
  }

  private static void set(
      List<Object> columns, List<EpochMetrics> rows, Function<EpochMetrics, @Nullable Metrics> of) {
    for (ToDoubleFunction<Metrics> figure :
        Arrays.<ToDoubleFunction<Metrics>>asList(Metrics::accuracy, Metrics::loss, Metrics::cost)) {
      columns.add(
          numbers(
              rows,
              row -> {
                Metrics figures = of.apply(row);
                return figures == null ? Double.NaN : figure.applyAsDouble(figures);
              }));
    }
  }

  private static double[] numbers(List<EpochMetrics> rows, ToDoubleFunction<EpochMetrics> of) {
    return rows.stream().mapToDouble(of).toArray();
  }

  /** How a trial stood at a rung: the trial's place in the columns, and the rest. */
  List<@Nullable Object> rung(TrialRow rung) {
    List<@Nullable Object> row = new ArrayList<>();
    TrialKey key = rung.key();
    row.add(PageData.name(key.phase(), key.level()));
    row.add(rung.ordinal());
    row.add(key.rung());
    row.add(rung.status().label());
    row.add(rung.result().epochs());
    row.add(rung.validationAccuracy());
    return row;
  }
}
