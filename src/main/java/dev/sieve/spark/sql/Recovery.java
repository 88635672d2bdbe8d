package dev.sieve.spark.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * How Spark is told to make up for lost attempts: the next one avoids the executor that lost the
 * last, which may be dying and would lose all of them within seconds. Spark's own numbers are made
 * for stages of many tasks: they give up a cluster of one host after two lost executors. Here no
 * host is ever given up, since a new executor on it may do well.
 */
final class Recovery {
  private static final String PREFIX = "spark.excludeOnFailure.";
  private static final String MAX_FAILURES = "spark.task.maxFailures";

  private Recovery() {}

  /** Settings of a session that trains, as far as the user leaves them open. */
  static Map<String, String> settings(SparkConf user) {
    int attempts = user.getInt(MAX_FAILURES, 4);
    Map<String, String> settings = new LinkedHashMap<>();
    if (attempts < 2) {
      // Spark refuses to exclude where nothing is tried again.
      return settings;
    }
    settings.put(PREFIX + "enabled", "true");
    settings.put(PREFIX + "task.maxTaskAttemptsPerExecutor", "1");
    // The most that Spark accepts.
    settings.put(PREFIX + "task.maxTaskAttemptsPerNode", Integer.toString(attempts - 1));
    settings.put(PREFIX + "stage.maxFailedTasksPerExecutor", "1000000");
    settings.put(PREFIX + "stage.maxFailedExecutorsPerNode", "1000000");
    // An executor that lost two groups which others could train, with a full disk say, rests.
    settings.put(PREFIX + "application.maxFailedTasksPerExecutor", "2");
    settings.put(PREFIX + "application.maxFailedExecutorsPerNode", "1000000");
    settings.put(PREFIX + "timeout", "10m");
    // Where no executor is left for a group, an idle one is replaced, and waited for so long.
    settings.put("spark.scheduler.excludeOnFailure.unschedulableTaskSetTimeout", "60s");
    return settings;
  }
}
