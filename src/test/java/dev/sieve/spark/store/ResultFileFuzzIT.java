package dev.sieve.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.fuzz.Fuzz;
import dev.sieve.fuzz.FuzzKind;
import dev.sieve.fuzz.Mutations;
import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Result files as a disk or another program may leave them. */
final class ResultFileFuzzIT {
  private static final Path GOOD = Path.of("src/test/resources/tables/0.1.0");
  private static final String STUDY = "demo";
  private static final String DAMAGED = "00112233445566778899aabbccddeeff.parquet";

  @TempDir private Path scratch;

  /** A file beside good ones of its table. */
  private record Good(Table<?> table, byte[] content, int rows) {}

  private record Damaged(Table<?> table, byte[] content, int rows) {
    @Override
    public String toString() {
      return table.name() + ", " + Fuzz.shown(content);
    }
  }

  @Test
  void resultFiles() throws IOException {
    ResultFiles files =
        new ResultFiles(new Configuration(), ResultsDir.resolve(scratch.toString()));
    List<Good> good = new ArrayList<>();
    for (Table<?> table : RawTables.ALL) {
      Path folder = Files.createDirectories(folder(table));
      List<byte[]> contents = new ArrayList<>();
      try (Stream<Path> all = Files.list(GOOD.resolve(table.name()).resolve(STUDY))) {
        for (Path file : all.sorted().toList()) {
          contents.add(Files.readAllBytes(file));
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
      int rows = new StudyRows(files, table, STUDY).read().size();
      assertThat(rows).isPositive();
      contents.forEach(content -> good.add(new Good(table, content, rows)));
    }
    new Fuzz(FuzzKind.RESULT_FILE, List.of(IOException.class))
        .run(
            random -> {
              Good from = good.get(random.nextInt(good.size()));
              return new Damaged(
                  from.table(), Mutations.bytes(from.content(), random), from.rows());
            },
            input -> {
              Files.write(folder(input.table()).resolve(DAMAGED), input.content());
              // The file is left out, and said; the good ones beside it are read all the same.
              assertThat(new StudyRows(files, input.table(), STUDY).read())
                  .hasSizeGreaterThanOrEqualTo(input.rows());
            });
  }

  private Path folder(Table<?> table) {
    return scratch.resolve(table.name()).resolve(STUDY);
  }
}
