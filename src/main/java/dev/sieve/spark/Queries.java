package dev.sieve.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads the result tables, and nothing else. */
public final class Queries {
  private Queries() {}

  /**
   * Runs one statement that only reads Sieve's tables.
   *
   * @throws dev.sieve.error.UserException if it does not parse, writes, or reads anything else
   */
  public static Dataset<Row> run(SparkSession spark, String sql) {
    throw new UnsupportedOperationException();
  }
}
