package dev.sieve.spark.table;

import dev.sieve.search.results.PhaseRow;
import java.util.List;
import java.util.Locale;

/** {@code study_rows}: what is known of each phase. */
public final class StudyTable {
  public static final Table<StudyRow> TABLE =
      new Table<>(
          "study_rows",
          "Raw rows of phases, append-only; read the view studies",
          List.of("study", "phase", "level"),
          columns());

  private StudyTable() {}

  /** What a row is made from. */
  public record StudyRow(PhaseRow phase, long commit) {}

  private static List<Column<StudyRow>> columns() {
    return List.of(
        new Column<>("study", ColumnType.TEXT, "Name of the study", row -> row.phase().study()),
        new Column<>(
            "phase", ColumnType.TEXT, "coarse, fine or final", row -> row.phase().phase().label()),
        new Column<>(
            "level",
            ColumnType.INT,
            "1, 2 … for the fine phases, 0 for coarse and final",
            row -> row.phase().level()),
        new Column<>(
            "plan",
            ColumnType.TEXT,
            "Hash of what may not change within the phase",
            row -> row.phase().plan()),
        new Column<>(
            "identity",
            ColumnType.TEXT_MAP,
            "What the hash is over, by name",
            row -> row.phase().identity()),
        new Column<>(
            "trials",
            ColumnType.INT,
            "Number of planned trials; where they stop at rungs, of all their rungs",
            row -> row.phase().trials()),
        new Column<>(
            "state",
            ColumnType.TEXT,
            "running, done, or cut: the same command goes on from there",
            row -> row.phase().state().name().toLowerCase(Locale.ROOT)),
        new Column<>(
            "cut",
            ColumnType.TEXT,
            "Why the phase was cut, or done before all its trials had run; else empty",
            row -> row.phase().cut()),
        new Column<>(
            "box",
            ColumnType.TEXT,
            "Box or picks that a fine or final phase comes from, with the trials they were made of",
            row -> row.phase().box()),
        new Column<>(
            "configuration_text",
            ColumnType.TEXT,
            "The effective configuration file",
            row -> row.phase().text()),
        new Column<>(
            "run_commit",
            ColumnType.LONG,
            "Number of the driver's commit; of rows of one phase the highest counts",
            StudyRow::commit));
  }
}
