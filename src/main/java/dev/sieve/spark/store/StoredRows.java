package dev.sieve.spark.store;

import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StoredTrial;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialKey;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows of the views as the search's records; columns by name. */
final class StoredRows {
  static final Comparator<PhaseRow> IN_ORDER =
      Comparator.comparing(PhaseRow::phase).thenComparing(PhaseRow::level);

  private StoredRows() {}

  static StoredTrial trial(Row row) {
    return new StoredTrial(
        key(row),
        row.<Integer>getAs("trial"),
        Status.of(row.getAs("status")),
        real(row, "validation_accuracy"),
        row.getAs("model"),
        map(row, "settings"));
  }

  static TrialKey key(Row row) {
    return new TrialKey(
        row.getAs("study"),
        Phase.of(row.getAs("phase")),
        row.<Integer>getAs("level"),
        row.getAs("configuration"),
        row.<Integer>getAs("replicate"),
        row.<Integer>getAs("rung"));
  }

  /** Every effective setting of a trial by path. */
  static Map<String, String> settings(Row row) {
    return map(row, "settings");
  }

  static PhaseRow phase(Row row) {
    String state = row.getAs("state");
    return new PhaseRow(
        row.getAs("study"),
        Phase.of(row.getAs("phase")),
        row.<Integer>getAs("level"),
        row.getAs("plan"),
        map(row, "identity"),
        row.<Integer>getAs("trials"),
        PhaseRow.State.valueOf(state.toUpperCase(Locale.ROOT)),
        row.getAs("cut"),
        row.getAs("box"),
        row.getAs("configuration_text"));
  }

  private static @Nullable Double real(Row row, String column) {
    return row.<@Nullable Double>getAs(column);
  }

  private static TreeMap<String, String> map(Row row, String column) {
    Map<String, String> entries = row.getJavaMap(row.fieldIndex(column));
    return new TreeMap<>(entries);
  }
}
