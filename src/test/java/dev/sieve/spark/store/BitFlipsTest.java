package dev.sieve.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.Table;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One flipped bit anywhere in a table's file: the same rows, or the file is named. */
final class BitFlipsTest {
  private static final long SEED = Long.getLong("tests.seed", 14);
  private static final int FLIPS = 1_200;
  private static final int FLIPS_IN_SQL = 8;

  private final SparkSession spark = SharedSpark.session();
  private final List<LeftOut> left = Collections.synchronizedList(new ArrayList<>());
  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"trial_rows", "epoch_rows", "study_rows"})
  void noneIsSilent(String name) throws IOException {
    write();
    Table<?> table = RawTables.named(name);
    Path file;
    try (Stream<Path> all = Files.list(dir.resolve(name + "/demo"))) {
      file = all.findFirst().orElseThrow();
    }
    byte[] content = Files.readAllBytes(file);
    ResultFiles files = new ResultFiles(new Configuration(), "file:" + dir);
    List<String> rows = read(files, table);
    List<String> inSql = sql(name);
    assertThat(rows).isNotEmpty();
    Random random = new Random(SEED);
    int silent = 0;
    for (int flip = 0; flip < FLIPS; flip++) {
      byte[] damaged = content.clone();
      int bit = random.nextInt(content.length * Byte.SIZE);
      damaged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      Files.write(file, damaged);
      // A file's time has milliseconds, and flips are made faster.
      Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(flip * 1000L));
      silent += silent(rows, () -> read(files, table)) ? 1 : 0;
      if (flip < FLIPS_IN_SQL) {
        silent += silent(inSql, () -> sql(name)) ? 1 : 0;
      }
    }
    assertThat(silent).as("-Dtests.seed=%d", SEED).isZero();
  }

  private interface Reading {
    List<String> rows() throws IOException;
  }

  private boolean silent(List<String> right, Reading reading) throws IOException {
    left.clear();
    try (LeftOut.Listening listening = LeftOut.to(left::add)) {
      return !reading.rows().equals(right) && left.isEmpty();
    }
  }

  private static List<String> read(ResultFiles files, Table<?> table) throws IOException {
    return new StudyRows(files, table, "demo").read().stream().map(Row::toString).toList();
  }

  private List<String> sql(String table) {
    spark.conf().set(ResultsDir.SETTING, dir.toString());
    return spark.table(table).toJSON().collectAsList();
  }

  private void write() {
    Trial a = Fixtures.trial(0, 0, 1);
    Trial b = Fixtures.trial(1, 0, 2);
    PhasePlan plan = Fixtures.plan(a, b);
    try (ParquetTrialStore store =
        ParquetTrialStore.open(spark, dir.toString(), "demo", "reference", Fixtures.data())) {
      store.save(
          new PhaseRow(
              "demo", Phase.COARSE, 0, "p", new TreeMap<>(), 2, PhaseRow.State.DONE, "", "", "t"));
      store.commit(plan, List.of(Fixtures.done(a, 0.5), Fixtures.done(b, 0.75)));
    }
  }
}
