package dev.sieve.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.spark.store.ResultsDir;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A leaderboard of 100,000 trials takes less than four plain aggregates of the same rows, beside
 * them in the same session, whatever else the machine does.
 */
@Tag("alone")
final class LargeTableIT {
  private static final String LEADERBOARD =
      "SELECT rank, configuration, replicates, validation_accuracy, validation_accuracy_se, lambda, eta, sigma FROM leaderboard WHERE study = 'study-0' AND rank <= 5 ORDER BY rank";

  /** Reads what the leaderboard reads of each row, once. */
  private static final String AGGREGATE =
      "SELECT lambda, eta, sigma, avg(validation_accuracy), max(run_started) FROM trials WHERE study = 'study-0' GROUP BY lambda, eta, sigma ORDER BY 4 DESC LIMIT 5";

  @Test
  void aLeaderboardOfManyTrialsAnswersSoon(@TempDir Path dir) throws IOException {
    LargeTable.write(dir, 1, 100_000, 5_000);
    SparkSession spark = SharedSpark.session();
    spark.conf().set(ResultsDir.SETTING, dir.toString());
    List<Long> leaderboards = new ArrayList<>();
    List<Long> aggregates = new ArrayList<>();
    for (int run = 0; run < 4; run++) {
      List<Row> top = timed(spark, LEADERBOARD, leaderboards);
      assertThat(top).extracting(row -> row.getInt(0)).containsExactly(1, 2, 3, 4, 5);
      assertThat(top).extracting(row -> row.getInt(2)).containsOnly(4);
      timed(spark, AGGREGATE, aggregates);
    }
    String figures =
        "leaderboard of 100,000 trials: %s ms a query, plain aggregates: %s ms"
            .formatted(leaderboards, aggregates);
    if (Boolean.getBoolean("tests.measure")) {
      System.out.println(figures);
    }
    assertThat(Collections.min(leaderboards))
        .as(figures)
        .isLessThan(4 * Collections.min(aggregates));
  }

  private static List<Row> timed(SparkSession spark, String sql, List<Long> millis) {
    long begin = System.nanoTime();
    List<Row> rows = spark.sql(sql).collectAsList();
    millis.add((System.nanoTime() - begin) / 1_000_000);
    return rows;
  }
}
