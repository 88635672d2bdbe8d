package dev.sieve.spark.store;

import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudySummary;
import dev.sieve.search.results.TrialRow;
import dev.sieve.trial.ConfusionMatrix;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Stored rows as the search's records; columns by name, NULL numbers as NaN in figures. */
final class RowMapper {
  /** Of rows with one key the last is the newest. */
  static final Comparator<Row> BY_COMMIT = Comparator.comparing(row -> whole64(row, "run_commit"));

  /** The same, of rows whose key leaves the rung open. */
  static final Comparator<Row> BY_RUNG =
      Comparator.<Row, Integer>comparing(row -> whole(row, "rung")).thenComparing(BY_COMMIT);

  /** The same, of trials: as the view {@code trials} has it. */
  static final Comparator<Row> BY_START =
      BY_RUNG.thenComparing(
          row -> row.<@Nullable Timestamp>getAs("run_started"),
          Comparator.nullsFirst(Comparator.naturalOrder()));

  private RowMapper() {}

  /** What names a row of a learning curve, whatever rung it comes from. */
  record EpochKey(TrialKey trial, int epoch, long step) {}

  static EpochKey epochKey(Row row) {
    return new EpochKey(key(row, 0), whole(row, "epoch"), whole64(row, "step"));
  }

  static TrialKey rungKey(Row row) {
    return key(row, whole(row, "rung"));
  }

  static String phaseKey(Row row) {
    return row.getAs("phase") + " " + row.getAs("level");
  }

  static TrialRow trial(Row row) {
    TrialResult result =
        new TrialResult(
            Status.of(row.getAs("status")),
            whole64(row, "steps"),
            whole(row, "epochs"),
            figures(row, "train"),
            figures(row, "validation"),
            figures(row, "test"),
            List.of(),
            confusion(row),
            row.<@Nullable Integer>getAs("diverged_epoch"),
            row.<@Nullable String>getAs("error"),
            null);
    return new TrialRow(
        rungKey(row),
        whole(row, "trial"),
        result,
        run(row),
        map(row, "settings"),
        row.<@Nullable String>getAs("model"),
        new TrialRow.Origin(
            whole64(row, "seed"),
            text(row, "data_name"),
            text(row, "data_fingerprint"),
            text(row, "plan"),
            text(row, "engine"),
            whole(row, "numerics"),
            whole(row, "run_replicates"),
            whole64(row, "run_commit")));
  }

  static EpochMetrics epoch(Row row) {
    Metrics none = new Metrics(Double.NaN, Double.NaN, Double.NaN);
    Metrics train = figures(row, "train");
    Metrics validation = figures(row, "validation");
    Boolean fullSet = row.<@Nullable Boolean>getAs("full_set");
    return new EpochMetrics(
        whole(row, "epoch"),
        whole64(row, "step"),
        real(row, "eta"),
        train == null ? none : train,
        validation == null ? none : validation,
        figures(row, "test"),
        fullSet != null && fullSet);
  }

  static PhaseRow phase(Row row) {
    String state = row.getAs("state");
    return new PhaseRow(
        row.getAs("study"),
        Phase.of(row.getAs("phase")),
        whole(row, "level"),
        row.getAs("plan"),
        map(row, "identity"),
        whole(row, "trials"),
        PhaseRow.State.valueOf(state.toUpperCase(Locale.ROOT)),
        row.getAs("cut"),
        row.getAs("box"),
        row.getAs("configuration_text"));
  }

  static StudySummary summary(Row row) {
    Timestamp last = row.<@Nullable Timestamp>getAs("last");
    return new StudySummary(
        row.getAs("study"),
        whole(row, "phases"),
        whole(row, "trials"),
        row.<@Nullable Double>getAs("validation"),
        row.<@Nullable Double>getAs("test"),
        last == null ? null : last.toInstant());
  }

  /** The key, at a rung: curves go through all rungs and are looked up at rung 0. */
  static TrialKey key(Row row, int rung) {
    return new TrialKey(
        row.getAs("study"),
        Phase.of(row.getAs("phase")),
        whole(row, "level"),
        row.getAs("configuration"),
        whole(row, "replicate"),
        rung);
  }

  private static @Nullable Metrics figures(Row row, String set) {
    double accuracy = real(row, set + "_accuracy");
    double loss = real(row, set + "_loss");
    double cost = real(row, set + "_cost");
    return Double.isNaN(accuracy) && Double.isNaN(loss) && Double.isNaN(cost)
        ? null
        : new Metrics(accuracy, loss, cost);
  }

  private static @Nullable ConfusionMatrix confusion(Row row) {
    int column = row.fieldIndex("confusion");
    if (row.isNullAt(column)) {
      return null;
    }
    List<List<Integer>> counts = new ArrayList<>();
    for (Seq<Integer> line : row.<Seq<Integer>>getList(column)) {
      counts.add(CollectionConverters.asJava(line));
    }
    return new ConfusionMatrix(counts);
  }

  private static @Nullable RunInfo run(Row row) {
    Timestamp started = row.<@Nullable Timestamp>getAs("run_started");
    double seconds = real(row, "run_seconds");
    return started == null
        ? null
        : new RunInfo(
            text(row, "run_host"),
            text(row, "run_executor"),
            whole(row, "run_attempt"),
            started.toInstant(),
            Double.isNaN(seconds) ? 0 : seconds,
            text(row, "run_provider"),
            whole(row, "run_vector_bits"),
            text(row, "run_jvm"),
            text(row, "run_collector"),
            text(row, "run_compiler"),
            text(row, "run_spark"),
            text(row, "run_version"));
  }

  private static SortedMap<String, String> map(Row row, String column) {
    Map<String, String> entries = row.getJavaMap(row.fieldIndex(column));
    return new TreeMap<>(entries);
  }

  private static String text(Row row, String column) {
    String text = row.<@Nullable String>getAs(column);
    return text == null ? "" : text;
  }

  private static double real(Row row, String column) {
    Double value = row.<@Nullable Double>getAs(column);
    return value == null ? Double.NaN : value;
  }

  private static int whole(Row row, String column) {
    Integer value = row.<@Nullable Integer>getAs(column);
    return value == null ? 0 : value;
  }

  private static long whole64(Row row, String column) {
    Long value = row.<@Nullable Long>getAs(column);
    return value == null ? 0 : value;
  }
}
