package dev.sieve.spark.sql;

import static dev.sieve.spark.table.SqlText.literal;

import dev.sieve.network.BatchNorm;
import dev.sieve.network.NetworkSpec;
import dev.sieve.spark.store.Machine;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * How fast networks of a shape have been trained in one place, by the table's history: of every
 * study, on this host where Spark runs on it alone, on any executor's else.
 */
public final class TrainingSpeed {
  private final SparkSession spark;
  private final String engine;

  public TrainingSpeed(SparkSession spark, String engine) {
    this.spark = spark;
    this.engine = engine;
  }

  /** {@code engine.type}. */
  public String engine() {
    return engine;
  }

  /**
   * @param flopsPerSecond floating-point operations of the training steps' matrix products, a
   *     second of a group's whole time, evaluations included
   * @param groups how many it was measured on
   */
  public record Measured(double flopsPerSecond, long groups) {}

  /**
   * What was measured of networks of these widths with batch norm in this place; null for nothing.
   * {@code run_seconds} is the time of the group that a trial was in, so it counts once a group.
   */
  public @Nullable Measured of(NetworkSpec network) {
    List<Row> rows =
        spark
            .sql(
                """
                SELECT CAST(sum(images) AS DOUBLE), CAST(sum(seconds) AS DOUBLE), count(*) FROM (
                  SELECT sum(steps * batch_size) AS images, max(run_seconds) AS seconds FROM trials
                  WHERE status IN ('done', 'diverged') AND rung = 0 AND run_seconds > 0 AND engine = %s
                    AND hidden = CAST(array(%s) AS ARRAY<INT>) AND batch_norm = %s%s
                  GROUP BY run_host, run_executor, run_started, run_seconds)"""
                    .formatted(
                        literal(engine),
                        network.hidden().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")),
                        literal(placement(network.batchNorm())),
                        spark.sparkContext().isLocal()
                            ? " AND run_host = " + literal(Machine.host())
                            : ""))
            .collectAsList();
    Row row = rows.get(0);
    return row.isNullAt(0) || row.getDouble(0) == 0
        ? null
        : new Measured(
            row.getDouble(0) * network.trainingFlops() / row.getDouble(1), row.getLong(2));
  }

  private static String placement(@Nullable BatchNorm batchNorm) {
    return batchNorm == null
        ? "none"
        : batchNorm.placement().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
