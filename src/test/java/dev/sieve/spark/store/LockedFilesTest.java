package dev.sieve.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.spark.Fixtures;
import dev.sieve.spark.LockedFiles;
import dev.sieve.spark.SharedSpark;
import dev.sieve.trial.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one study's owner alone may read keeps nobody from the others. */
final class LockedFilesTest {
  private static final String KEY = "fs." + LockedFiles.SCHEME + ".impl";

  private final SparkSession spark = SharedSpark.session();
  private final Configuration hadoop = spark.sparkContext().hadoopConfiguration();
  @TempDir private Path dir;

  @AfterEach
  void unlock() {
    hadoop.unset(KEY);
    LockedFiles.locked = "none";
  }

  @Test
  void aFolderOrAFileThatCannotBeReadIsNamedAndTheOthersAreAnswered() throws Exception {
    Trial a = Fixtures.trial(0, 0, 1);
    try (ParquetTrialStore store =
        ParquetTrialStore.open(
            spark, dir.toString(), Fixtures.STUDY, "reference", Fixtures.data())) {
      store.commit(Fixtures.plan(a), List.of(Fixtures.done(a, 0.5)));
    }
    Path rows = dir.resolve("trial_rows");
    Path file;
    try (Stream<Path> all = Files.list(rows.resolve(Fixtures.STUDY))) {
      file = all.filter(found -> found.toString().endsWith(".parquet")).findAny().orElseThrow();
    }
    Path secret = Files.createDirectory(rows.resolve("secret"));
    Files.copy(file, secret.resolve(file.getFileName()));
    hadoop.set(KEY, LockedFiles.class.getName());
    spark.conf().set(ResultsDir.SETTING, LockedFiles.SCHEME + ":" + dir);

    for (String locked : List.of("/secret", "/secret/" + file.getFileName())) {
      LockedFiles.locked = locked;
      List<LeftOut> left = new ArrayList<>();
      try (LeftOut.Listening listening = LeftOut.to(left::add)) {
        assertThat(spark.sql("SELECT count(*) FROM trials").first().getLong(0)).isEqualTo(1);
      }
      assertThat(left).singleElement().satisfies(found -> assertThat(found.rows()).isTrue());
      assertThat(left.get(0).study()).isEqualTo("secret");
      assertThat(left.get(0).text())
          .contains("trial_rows" + locked + " is not read: it cannot be read (")
          .contains("Permission denied). None of its rows is counted. Make it readable");
    }
  }
}
