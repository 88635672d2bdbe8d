package dev.sieve.spark;

import dev.sieve.search.PhaseRecord;
import dev.sieve.search.Ranked;
import dev.sieve.search.StudyHistory;
import dev.sieve.search.StudyHistory.Board;
import dev.sieve.search.StudyHistory.Pick;
import dev.sieve.search.StudyHistory.RungRecord;
import dev.sieve.search.TrialRecord;
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
        StudyRows.newest(rows, row -> ReportRows.key(row, 0), ReportRows.BY_START);
    List<PhaseRecord> phases =
        StudyRows.newest(rows(StudyTable.TABLE, study), ReportRows::phaseKey, ReportRows.BY_COMMIT)
            .stream()
            .map(StoredRows::phase)
            .sorted(StoredRows.IN_ORDER)
            .toList();
    Map<TrialKey, List<EpochMetrics>> curves = curves(rows(EpochTable.TABLE, study));
    List<TrialRecord> trials =
        newest.stream()
            .map(row -> ReportRows.trial(row, curves))
            .sorted(
                Comparator.comparing((TrialRecord r) -> r.key().phase())
                    .thenComparing(r -> r.key().level())
                    .thenComparing(TrialRecord::ordinal))
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

  private static boolean halves(TrialRecord record) {
    Status status = record.result().status();
    return record.key().rung() > 0 || status == Status.PAUSED || status == Status.PRUNED;
  }

  private static List<RungRecord> rungs(List<Row> rows) {
    return StudyRows.newest(rows, ReportRows::rungKey, ReportRows.BY_RUNG).stream()
        .map(ReportRows::rung)
        .sorted(
            Comparator.comparing((RungRecord r) -> r.key().phase())
                .thenComparing(r -> r.key().level())
                .thenComparing(RungRecord::ordinal)
                .thenComparing(r -> r.key().rung()))
        .toList();
  }

  static Map<TrialKey, List<EpochMetrics>> curves(List<Row> rows) {
    Map<TrialKey, List<EpochMetrics>> curves = new HashMap<>();
    for (Row row : StudyRows.newest(rows, ReportRows::epochKey, ReportRows.BY_RUNG)) {
      curves
          .computeIfAbsent(ReportRows.key(row, 0), key -> new ArrayList<>())
          .add(ReportRows.epoch(row));
    }
    Comparator<EpochMetrics> inOrder =
        Comparator.comparingLong(EpochMetrics::step).thenComparingInt(EpochMetrics::epoch);
    curves.values().forEach(curve -> curve.sort(inOrder));
    return curves;
  }

  private static List<Board> boards(Collection<Row> trials) {
    Map<Board, List<Row>> byPhase = new HashMap<>();
    for (Row row : trials) {
      TrialKey key = ReportRows.key(row, 0);
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
  private static @Nullable Pick pick(List<PhaseRecord> phases, List<Board> boards) {
    PhaseRecord last = null;
    for (PhaseRecord phase : phases) {
      if (phase.phase() != Phase.FINAL && phase.state() == PhaseRecord.State.DONE) {
        last = phase; // in order: coarse, fine by level
      }
    }
    for (Board board : boards) {
      if (last != null && board.phase() == last.phase() && board.level() == last.level()) {
        Ranked first = board.rows().get(0);
        return first.eligible() ? new Pick(board.phase(), board.level(), first) : null;
      }
    }
    return null;
  }
}
