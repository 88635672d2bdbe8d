package dev.sieve.spark;

import dev.sieve.spark.sql.SieveSession;
import org.apache.spark.sql.SparkSession;

/** One session for all tests of the package: starting one costs seconds. */
public final class SharedSpark {
  private SharedSpark() {}

  public static synchronized SparkSession session() {
    SparkSession.Builder builder = SparkSession.builder();
    SieveSession.INTERPRETED.forEach(builder::config);
    return builder
        .master("local[2]")
        .appName("sieve-tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.executor.killOnFatalError.depth", "0")
        .config("spark.plugins", "dev.sieve.spark.live.LivePlugin")
        .config("spark.sql.catalog.spark_catalog", "dev.sieve.spark.SieveCatalog")
        .getOrCreate();
  }
}
