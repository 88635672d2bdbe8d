package dev.sieve.spark.store;

import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.StudyHistory.Board;
import dev.sieve.search.results.StudyHistory.Pick;
import dev.sieve.search.results.StudyHistory.RungRecord;
import dev.sieve.search.results.TrialRow;
import dev.sieve.spark.table.EpochTable;
import dev.sieve.spark.table.StudyTable;
import dev.sieve.spark.table.Table;
import dev.sieve.spark.table.TrialTable;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Reads a whole study from its files, as the views have it. */
final class HistoryReader {
  private final ResultFiles files;

  HistoryReader(ResultFiles files) {
    this.files = files;
  }

  /** All that is known of a study now; without rows for one that there is not. */
  StudyHistory read(String study) throws IOException {
    // Before the curves: epochs are written first, so that no trial is without its own.
    List<Row> rows = rows(TrialTable.TABLE, study);
    Collection<Row> newest =
        StudyRows.newest(rows, row -> RowMapper.key(row, 0), RowMapper.BY_START);
    List<PhaseRow> phases =
        StudyRows.newest(rows(StudyTable.TABLE, study), RowMapper::phaseKey, RowMapper.BY_COMMIT)
            .stream()
            .map(StoredRows::phase)
            .sorted(StoredRows.IN_ORDER)
            .toList();
    Map<TrialKey, List<EpochMetrics>> curves = curves(rows(EpochTable.TABLE, study));
    List<TrialRow> trials =
        newest.stream()
            .map(row -> RowMapper.trial(row, curves))
            .sorted(
                Comparator.comparing((TrialRow r) -> r.key().phase())
                    .thenComparing(r -> r.key().level())
                    .thenComparing(TrialRow::ordinal))
            .toList();
    List<Board> boards = boards(newest);
    return new StudyHistory(
        study,
        phases,
        trials,
        trials.stream().anyMatch(HistoryReader::halves) ? rungs(rows) : List.of(),
        boards,
        pick(phases, boards));
  }

  private List<Row> rows(Table<?> table, String study) throws IOException {
    return StudyRows.read(files, table, study);
  }

  private static boolean halves(TrialRow record) {
    Status status = record.result().status();
    return record.key().rung() > 0 || status == Status.PAUSED || status == Status.PRUNED;
  }

  private static List<RungRecord> rungs(List<Row> rows) {
    return StudyRows.newest(rows, RowMapper::rungKey, RowMapper.BY_RUNG).stream()
        .map(RowMapper::rung)
        .sorted(
            Comparator.comparing((RungRecord r) -> r.key().phase())
                .thenComparing(r -> r.key().level())
                .thenComparing(RungRecord::ordinal)
                .thenComparing(r -> r.key().rung()))
        .toList();
  }

  static Map<TrialKey, List<EpochMetrics>> curves(List<Row> rows) {
    Map<TrialKey, List<EpochMetrics>> curves = new HashMap<>();
    for (Row row : StudyRows.newest(rows, RowMapper::epochKey, RowMapper.BY_RUNG)) {
      curves
          .computeIfAbsent(RowMapper.key(row, 0), key -> new ArrayList<>())
          .add(RowMapper.epoch(row));
    }
    Comparator<EpochMetrics> inOrder =
        Comparator.comparingLong(EpochMetrics::step).thenComparingInt(EpochMetrics::epoch);
    curves.values().forEach(curve -> curve.sort(inOrder));
    return curves;
  }

  private static List<Board> boards(Collection<Row> trials) {
    Map<Board, List<Row>> byPhase = new HashMap<>();
    for (Row row : trials) {
      TrialKey key = RowMapper.key(row, 0);
      byPhase
          .computeIfAbsent(
              new Board(key.phase(), key.level(), List.of()), board -> new ArrayList<>())
          .add(row);
    }
    return byPhase.entrySet().stream()
        .map(
            entry ->
                new Board(
                    entry.getKey().phase(), entry.getKey().level(), Ranking.of(entry.getValue())))
        .sorted(Comparator.comparing(Board::phase).thenComparing(Board::level))
        .toList();
  }

  /**
   * The row of the view {@code best}, by its rule: rank 1, if done, of the last finished fine
   * level, or of coarse. Its query would compute the leaderboard once more.
   */
  private static @Nullable Pick pick(List<PhaseRow> phases, List<Board> boards) {
    PhaseRow last = null;
    for (PhaseRow phase : phases) {
      if (phase.phase() != Phase.FINAL && phase.state() == PhaseRow.State.DONE) {
        last = phase; // in order: coarse, fine by level
      }
    }
    for (Board board : boards) {
      if (last != null && board.phase() == last.phase() && board.level() == last.level()) {
        LeaderboardRow first = board.rows().get(0);
        return first.eligible() ? new Pick(board.phase(), board.level(), first) : null;
      }
    }
    return null;
  }
}
