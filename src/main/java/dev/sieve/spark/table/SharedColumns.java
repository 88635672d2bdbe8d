package dev.sieve.spark.table;

import dev.sieve.trial.TrialKey;
import java.util.List;
import java.util.function.Function;

/** The key of a trial's row. */
final class SharedColumns {
  private SharedColumns() {}

  static <R> List<Column<R>> of(Function<R, TrialKey> key) {
    return List.of(
        new Column<>("study", ColumnType.TEXT, "Name of the study", row -> key.apply(row).study()),
        new Column<>(
            "phase",
            ColumnType.TEXT,
            "coarse, fine or final",
            row -> key.apply(row).phase().label()),
        new Column<>(
            "level",
            ColumnType.INT,
            "1, 2 … for the fine phases, 0 for coarse and final",
            row -> key.apply(row).level()),
        new Column<>(
            "configuration",
            ColumnType.TEXT,
            "The point of the space: a hash of its coordinates",
            row -> key.apply(row).configuration()),
        new Column<>(
            "replicate",
            ColumnType.INT,
            "Initialisation 0, 1, 2 …; equal ones start from the same draws",
            row -> key.apply(row).replicate()),
        new Column<>(
            "rung",
            ColumnType.INT,
            "Stage of halving, 0 without rungs",
            row -> key.apply(row).rung()));
  }
}
