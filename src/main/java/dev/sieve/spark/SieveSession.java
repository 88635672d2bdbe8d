package dev.sieve.spark;

import org.apache.spark.sql.SparkSession;

/** Spark sessions as Sieve needs them. */
public final class SieveSession {
  private SieveSession() {}

  /**
   * The running session or a new one, with the catalog plugin and, where spark-submit named no
   * master, {@code local[*]}.
   *
   * @param resultsDir what {@code spark.sieve.results} is set to
   */
  public static SparkSession open(String name, String resultsDir) {
    throw new UnsupportedOperationException();
  }
}
