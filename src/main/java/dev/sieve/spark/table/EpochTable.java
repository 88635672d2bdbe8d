package dev.sieve.spark.table;

import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.TrialKey;
import java.util.ArrayList;
import java.util.List;

/** {@code epoch_rows}: the learning curves. */
public final class EpochTable {
  public static final Table<EpochRow> TABLE =
      new Table<>(
          "epoch_rows",
          "Raw rows of learning curves, append-only; read the view epochs",
          List.of("study", "phase", "level", "configuration", "replicate", "rung", "epoch", "step"),
          columns());

  private EpochTable() {}

  /** What a row is made from. */
  public record EpochRow(TrialKey key, EpochMetrics metrics, long commit) {}

  private static List<Column<EpochRow>> columns() {
    List<Column<EpochRow>> all = new ArrayList<>(SharedColumns.of(EpochRow::key));
    all.add(
        new Column<>(
            "epoch",
            ColumnType.INT,
            "Epoch of the row's last step, from 1; 0 for the untrained network",
            row -> row.metrics().epoch()));
    all.add(
        new Column<>("step", ColumnType.LONG, "Steps taken so far", row -> row.metrics().step()));
    all.add(
        new Column<>(
            "eta", ColumnType.REAL, "η of the last step taken", row -> row.metrics().eta()));
    all.addAll(
        FigureColumns.of(
            "train",
            "the full training set where full_set, else a running mean over the batches since the row before",
            row -> row.metrics().train()));
    all.addAll(
        FigureColumns.of("validation", "the validation set", row -> row.metrics().validation()));
    all.addAll(
        FigureColumns.of(
            "test",
            "the test set; NULL where the trial does not touch test data",
            row -> row.metrics().test()));
    all.add(
        new Column<>(
            "full_set",
            ColumnType.FLAG,
            "Whether train_* were measured on the full training set",
            row -> row.metrics().fullSet()));
    all.add(
        new Column<>(
            "run_commit",
            ColumnType.LONG,
            "Number of the driver's commit; of rows of one key and step the highest counts",
            EpochRow::commit));
    return all;
  }
}
