package dev.sieve.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.fuzz.Fuzz;
import dev.sieve.fuzz.Mutations;
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

  @TempDir private Path scratch;

  @Test
  void resultFiles() throws IOException {
    for (Table<?> table : CatalogEntries.TABLES) {
      List<byte[]> good = new ArrayList<>();
      Path folder = scratch.resolve(table.name()).resolve(STUDY);
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(GOOD.resolve(table.name()).resolve(STUDY))) {
        for (Path file : files.sorted().toList()) {
          good.add(Files.readAllBytes(file));
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
      ResultFiles files =
          new ResultFiles(new Configuration(), ResultsDir.resolve(scratch.toString()));
      int rows = StudyRows.read(files, table, STUDY).size();
      new Fuzz("file of " + table.name(), 150, List.of(IOException.class))
          .run(
              random -> Mutations.bytes(good.get(random.nextInt(good.size())), random),
              input -> {
                Files.write(folder.resolve("00112233445566778899aabbccddeeff.parquet"), input);
                // The file is left out, and said; the good ones beside it are read all the same.
                assertThat(StudyRows.read(files, table, STUDY)).hasSizeGreaterThanOrEqualTo(rows);
              });
    }
  }
}
