package dev.sieve.spark;

import dev.sieve.search.Ranked;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The query of the view {@code leaderboard} over trials that have been read already. Over the
 * tables it takes twice as long: they must be made known, their files listed and read again, the
 * rows shuffled.
 */
final class RowsLeaderboard {
  private final SparkSession spark;
  private final String name = "sieve_trials_" + UUID.randomUUID().toString().replace('-', '_');

  RowsLeaderboard(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Makes Spark's parser ready, which takes half a second the first time in a process, for which
   * the reading of the rows need not wait.
   */
  void prepare() {
    Queries.prepare(spark, sql());
  }

  /**
   * Phase, level, rank, configuration, status, replicates, mean validation accuracy, its standard
   * error, and ordinal of the first replicate.
   *
   * @param trials of {@link TrialTable}, the newest row of each
   */
  List<Row> of(Collection<Row> trials) {
    StructType schema = TrialTable.TABLE.spark();
    // In one partition and sorted: one task then does it all, and groups rows as they come.
    spark
        .createDataFrame(trials.stream().map(RowsLeaderboard::flat).toList(), schema)
        .coalesce(1)
        .sortWithinPartitions("study", "phase", "level", "configuration", "replicate")
        .createOrReplaceTempView(name);
    try {
      return spark.sql(sql()).collectAsList();
    } finally {
      spark.catalog().dropTempView(name);
    }
  }

  /**
   * By rank, with their first replicates' settings.
   *
   * @param trials of one phase and level of one study, the newest row of each
   */
  List<Ranked> ranked(Collection<Row> trials) {
    if (trials.isEmpty()) {
      return List.of();
    }
    Map<String, Row> firsts = new HashMap<>();
    for (Row trial : trials) {
      firsts.merge(
          trial.getAs("configuration"),
          trial,
          (a, b) -> b.<Integer>getAs("replicate") < a.<Integer>getAs("replicate") ? b : a);
    }
    return of(trials).stream()
        .map(
            row ->
                ranked(
                    row, StoredRows.settings(Objects.requireNonNull(firsts.get(row.getString(3))))))
        .sorted(Comparator.comparingInt(Ranked::rank))
        .toList();
  }

  /** A row of {@link #of}. */
  static Ranked ranked(Row row, Map<String, String> settings) {
    return new Ranked(
        row.getInt(2),
        row.getString(3),
        row.getString(4),
        row.getInt(5),
        row.isNullAt(6) ? null : row.getDouble(6),
        row.isNullAt(7) ? null : row.getDouble(7),
        row.getInt(8),
        new TreeMap<>(settings));
  }

  private String sql() {
    return """
        SELECT phase, level, rank, configuration, status, replicates, validation_accuracy,
          validation_accuracy_se, trial
        FROM (%s)"""
        .formatted(Views.leaderboard("SELECT * FROM " + name));
  }

  /**
   * Without maps and arrays, which no rank depends on and which take Spark long to convert, as does
   * the first {@link Timestamp}: it reads tables of old calendars for it.
   */
  private static Row flat(Row row) {
    @Nullable Object[] values = new @Nullable Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = TrialTable.TABLE.columns().get(i).type().nested() ? null : row.get(i);
      values[i] = value instanceof Timestamp time ? time.toInstant() : value;
    }
    return RowFactory.create(values);
  }
}
