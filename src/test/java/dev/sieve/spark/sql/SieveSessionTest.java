package dev.sieve.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.SieveCatalog;
import dev.sieve.spark.store.ResultsDir;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

final class SieveSessionTest {
  @Test
  void aRunningSessionIsPointedAtTheResults() {
    SparkSession running = SharedSpark.session();
    SparkSession opened = SieveSession.open("again", "data/some results");
    assertThat(opened.sparkContext()).isSameAs(running.sparkContext());
    assertThat(opened.conf().get("spark.sieve.results"))
        .isEqualTo("file:" + Path.of("").toAbsolutePath() + "/data/some results");
    assertThat(opened.conf().get("spark.sql.catalog.spark_catalog"))
        .isEqualTo(SieveCatalog.class.getName());
    assertThat(opened.sparkContext().appName()).isEqualTo("sieve-tests");
    assertThat(opened.sparkContext().master()).isEqualTo("local[2]");
  }

  @Test
  void attemptsAvoidAnExecutorAndNeverAHostAndSparkAcceptsTheNumbers() {
    for (int attempts = 1; attempts <= 8; attempts++) {
      SparkConf conf = new SparkConf(false).set("spark.task.maxFailures", "" + attempts);
      Map<String, String> settings = Recovery.settings(conf);
      settings.forEach(conf::set);
      assertThat(conf.getBoolean("spark.excludeOnFailure.enabled", false)).isEqualTo(attempts > 1);
      // What Spark demands of them when a session starts.
      assertThat(conf.getInt("spark.excludeOnFailure.task.maxTaskAttemptsPerNode", 0))
          .isEqualTo(attempts - 1);
    }
    assertThat(Recovery.settings(new SparkConf(false)))
        .containsEntry("spark.excludeOnFailure.task.maxTaskAttemptsPerExecutor", "1")
        .containsEntry("spark.excludeOnFailure.task.maxTaskAttemptsPerNode", "3");
  }

  @Test
  void executorsChooseTheirCollectorAsOnTwoCoresUnlessTheUserNamesOne() {
    assertThat(SieveSession.executorOptions("")).isEqualTo("-XX:+AlwaysActAsServerClassMachine");
    // Two collectors would stop the JVM; this option is none.
    assertThat(SieveSession.executorOptions("-XX:+UseParallelGC -Da=b"))
        .isEqualTo("-XX:+AlwaysActAsServerClassMachine -XX:+UseParallelGC -Da=b");
  }

  @Test
  void aFolderWithoutASchemeIsLocalAndOneWithItIsTakenAsItIs() {
    assertThat(ResultsDir.resolve("/a/../b")).isEqualTo("file:/b");
    assertThat(ResultsDir.resolve("file:///a/b")).isEqualTo("file:/a/b");
    assertThat(ResultsDir.resolve("hdfs://h:8020/x")).isEqualTo("hdfs://h:8020/x");
    assertThat(ResultsDir.resolve("s3a://bucket/x/")).isEqualTo("s3a://bucket/x");
    assertThatThrownBy(() -> ResultsDir.resolve(" "))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("results.dir must name a folder");
  }
}
