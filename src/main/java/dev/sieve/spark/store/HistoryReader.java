package dev.sieve.spark.store;

import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialRow;
import dev.sieve.spark.table.EpochTable;
import dev.sieve.spark.table.StudyTable;
import dev.sieve.spark.table.TrialTable;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.TrialKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Reads a study from its files, as the views have it; each file once. */
final class HistoryReader {
  private final ResultFiles files;
  private final String study;
  private final StudyRows trials;
  private final StudyRows phases;

  HistoryReader(ResultFiles files, String study) {
    this.files = files;
    this.study = study;
    this.trials = new StudyRows(files, TrialTable.TABLE, study);
    this.phases = new StudyRows(files, StudyTable.TABLE, study);
  }

  /** All that is known of the study now but learning curves. */
  StudyHistory read() throws IOException {
    List<TrialRow> rows = rungs().stream().map(RowMapper::trial).toList();
    List<PhaseRow> records =
        phases.newest(RowMapper::phaseKey, RowMapper.BY_COMMIT).stream()
            .map(RowMapper::phase)
            .toList();
    return history(records, rows);
  }

  /** The same with them. */
  StudyHistory readWithCurves() throws IOException {
    // Trials first: epochs are written before them, so that no trial is without its own.
    StudyHistory history = read();
    return history(history.phases(), withCurves(history.rungs()));
  }

  private StudyHistory history(List<PhaseRow> records, List<TrialRow> rows) {
    return new StudyHistory(study, records, rows, trials.damaged() ? trials.uri() : "");
  }

  /** Trials with all that they learned up to their rung. */
  List<TrialRow> withCurves(List<TrialRow> rows) throws IOException {
    Map<TrialKey, List<EpochMetrics>> curves = new HashMap<>();
    StudyRows epochs = new StudyRows(files, EpochTable.TABLE, study);
    for (Row row : epochs.newest(RowMapper::epochKey, RowMapper.BY_RUNG)) {
      curves
          .computeIfAbsent(RowMapper.key(row, 0), key -> new ArrayList<>())
          .add(RowMapper.epoch(row));
    }
    Comparator<EpochMetrics> inOrder =
        Comparator.comparingLong(EpochMetrics::step).thenComparingInt(EpochMetrics::epoch);
    curves.values().forEach(curve -> curve.sort(inOrder));
    return rows.stream()
        .map(row -> row.with(curves.getOrDefault(row.key().at(0), List.of())))
        .toList();
  }

  /** Whole rows, the newest of every key. */
  Collection<Row> rungs() throws IOException {
    return trials.newest(RowMapper::rungKey, RowMapper.BY_START);
  }

  /** The number of the newest commit; 0 where there is none. */
  long lastCommit() throws IOException {
    long ofEpochs = StudyRows.lastCommit(files, EpochTable.TABLE, study);
    return Math.max(ofEpochs, Math.max(trials.lastCommit(), phases.lastCommit()));
  }
}
