package dev.sieve.spark;

import dev.sieve.error.UserException;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.classic.SparkSession.Builder;

/** Spark sessions as Sieve needs them. */
public final class SieveSession {
  private static final String TMP = System.getProperty("java.io.tmpdir", "/tmp");

  private SieveSession() {}

  /**
   * The running session or a new one, with the catalog plugin and, where spark-submit named no
   * master, {@code local[*]}. What the user set stays as it is.
   *
   * @param resultsDir what {@code spark.sieve.results} is set to; a relative local folder is one of
   *     the process's working directory
   */
  public static SparkSession open(String name, String resultsDir) {
    // What spark-submit was told is in the system properties, which a SparkConf begins with.
    SparkConf user = new SparkConf();
    Builder builder = builder(name, resultsDir);
    // Beside what the user has of plugins.
    String plugins = user.get(LivePlugin.PLUGINS, "");
    builder.config(
        LivePlugin.PLUGINS,
        plugins.isEmpty()
            ? LivePlugin.class.getName()
            : plugins + "," + LivePlugin.class.getName());
    // Images hardly compress: 184 MB took 2.0 s to share instead of 3.4 s on two busy cores.
    setDefault(builder, user, "spark.broadcast.compress", "false");
    return started(builder, user);
  }

  /**
   * As {@link #open}, for commands that ask the tables a few things and end. Interpreting a query
   * once takes less time than compiling it does: {@code query --top 5} took 1.7 s less of 8 s of
   * processor time.
   */
  public static SparkSession reader(String name, String resultsDir) {
    SparkConf user = new SparkConf();
    Builder builder = builder(name, resultsDir);
    setDefault(builder, user, "spark.sql.codegen.wholeStage", "false");
    setDefault(builder, user, "spark.sql.codegen.factoryMode", "NO_CODEGEN");
    // Sorted rows are grouped as they come: a map of groups would need code compiled all the same.
    setDefault(builder, user, "spark.sql.execution.replaceHashWithSortAgg", "true");
    // A row that fits into no memory ends its query, not the process (by System.exit, unsaid).
    setDefault(builder, user, "spark.executor.killOnFatalError.depth", "0");
    return started(builder, user);
  }

  private static Builder builder(String name, String resultsDir) {
    // Spark's own SparkSession.builder() looks for this class by Scala's reflection: half a second.
    return new Builder()
        .appName(name)
        .config(Adoption.CATALOG, SieveCatalog.class.getName())
        .config(Adoption.RESULTS, ResultFiles.resolve(resultsDir));
  }

  private static SparkSession started(Builder builder, SparkConf user) {
    String master = user.get("spark.master", "local[*]");
    setDefault(builder, user, "spark.master", "local[*]");
    setDefault(builder, user, "spark.ui.enabled", "false");
    // Spark makes this folder, and nothing goes into it: one that is there is left as it is.
    setDefault(
        builder, user, "spark.sql.warehouse.dir", Path.of(TMP).toAbsolutePath().toUri().toString());
    // Tables of a few thousand rows: one task groups them faster than several side by side.
    setDefault(builder, user, "spark.sql.shuffle.partitions", "1");
    if (master.startsWith("local[") || master.equals("local")) {
      // Nobody else connects to such a driver, and the host's own name may resolve to nothing.
      setDefault(builder, user, "spark.driver.host", "127.0.0.1");
      setDefault(builder, user, "spark.driver.bindAddress", "127.0.0.1");
    }
    try {
      return builder.getOrCreate();
    } catch (Exception e) {
      throw new UserException(
          "Spark must start on master %s, but says: %s; change the option that it names, or --master"
              .formatted(master, Queries.firstLines(e)),
          e);
    }
  }

  private static void setDefault(Builder builder, SparkConf user, String key, String value) {
    if (!user.contains(key)) {
      builder.config(key, value);
    }
  }
}
