package dev.sieve.spark.sql;

import dev.sieve.error.ErrorText;
import dev.sieve.error.UserException;
import dev.sieve.spark.live.LivePlugin;
import dev.sieve.spark.store.ResultFiles;
import dev.sieve.spark.store.ResultsDir;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.classic.SparkSession.Builder;
import org.jspecify.annotations.Nullable;

/** Spark sessions as Sieve needs them. */
public final class SieveSession {
  private static final String TMP = System.getProperty("java.io.tmpdir", "/tmp");

  private static final String EXECUTOR_OPTIONS = "spark.executor.defaultJavaOptions";
  private static final String SERVER_CLASS = "-XX:+AlwaysActAsServerClassMachine";

  /** Of sessions in which each query runs once. */
  public static final Map<String, String> INTERPRETED =
      Map.of(
          "spark.sql.codegen.wholeStage",
          "false",
          "spark.sql.codegen.factoryMode",
          "NO_CODEGEN",
          // Sorted rows are grouped as they come: a map of groups would need code compiled all the
          // same.
          "spark.sql.execution.replaceHashWithSortAgg",
          "true");

  /** What Spark says when it is used after its context has ended. */
  private static final List<String> STOPPED =
      List.of(
          "LiveListenerBus is stopped",
          "stopped SparkContext",
          "SparkContext was shut down",
          "SparkContext has been shutdown");

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
    Builder builder = builder(name, resultsDir, user);
    // Beside what the user has of plugins.
    String plugins = user.get(LivePlugin.PLUGINS, "");
    builder.config(
        LivePlugin.PLUGINS,
        plugins.isEmpty()
            ? LivePlugin.class.getName()
            : plugins + "," + LivePlugin.class.getName());
    builder.config(EXECUTOR_OPTIONS, executorOptions(user.get(EXECUTOR_OPTIONS, "")));
    // Images hardly compress: 184 MB took 2.0 s to share instead of 3.4 s on two busy cores.
    setDefault(builder, user, "spark.broadcast.compress", "false");
    Recovery.settings(user).forEach((key, value) -> setDefault(builder, user, key, value));
    return started(builder, user);
  }

  /**
   * As {@link #open}, for commands that ask the tables a few things and end. Interpreting a query
   * once takes less time than compiling it does: {@code query --top 5} took 1.7 s less of 8 s of
   * processor time.
   */
  public static SparkSession reader(String name, String resultsDir) {
    SparkConf user = new SparkConf();
    Builder builder = builder(name, resultsDir, user);
    INTERPRETED.forEach((key, value) -> setDefault(builder, user, key, value));
    // A row that fits into no memory ends its query, not the process (by System.exit, unsaid).
    setDefault(builder, user, "spark.executor.killOnFatalError.depth", "0");
    return started(builder, user);
  }

  private static Builder builder(String name, String resultsDir, SparkConf user) {
    String dir = ResultsDir.resolve(resultsDir);
    requireKnown(dir, user);
    // Spark's own SparkSession.builder() looks for this class by Scala's reflection: half a second.
    return new Builder()
        .appName(name)
        .config(TableRegistrar.CATALOG, TableRegistrar.CATALOG_CLASS)
        .config(ResultsDir.SETTING, dir);
  }

  /** Before Spark starts, which takes seconds and says less. */
  private static void requireKnown(String dir, SparkConf user) {
    if (!dir.startsWith("file:")) {
      ResultFiles unused = new ResultFiles(SparkHadoopUtil.get().newConfiguration(user), dir);
    }
  }

  /**
   * Executors with a single core take the G1 collector too, which puts large arrays on cache lines;
   * by itself a JVM takes it from two cores on. The option names no collector, so it stands beside
   * whichever the user names, where a second one would stop the JVM. For the driver {@code
   * submit/sieve} says the same.
   */
  static String executorOptions(String users) {
    return (SERVER_CLASS + " " + users).strip();
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
      String stopped = stopped(e);
      if (stopped != null) {
        throw new UserException(stopped, e);
      }
      throw new UserException(
          "Spark must start on master %s, but says: %s; change the option that it names, or --master"
              .formatted(master, ErrorText.firstLines(e)),
          e);
    }
  }

  /**
   * What to tell where Spark's context ended by itself while it was in use, as it does when a
   * cluster's master gives up starting executors; null where the cause is another.
   */
  public static @Nullable String stopped(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      if (STOPPED.stream().anyMatch(text::contains)) {
        return "Spark ended by itself (%s): its master is gone, or gave up starting executors. What was finished is kept. The executors' logs say why (a worker's folder work/, or the master's page); mend the option or the host that they name, and run the same command again"
            .formatted(ErrorText.firstLines(cause).lines().findFirst().orElse(""));
      }
    }
    return null;
  }

  private static void setDefault(Builder builder, SparkConf user, String key, String value) {
    if (!user.contains(key)) {
      builder.config(key, value);
    }
  }
}
