package dev.sieve.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.spark.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResultFilesTest {
  private static final byte[] CONTENT = {1, 2, 3};
  @TempDir private Path dir;

  @Test
  void aFullDiskIsAnExceptionThatSaysWhereAndHowFull() throws IOException {
    Configuration settings = new Configuration();
    settings.setClass("fs.fulldisk.impl", FullDisk.class, org.apache.hadoop.fs.FileSystem.class);
    ResultFiles files = new ResultFiles(settings, "fulldisk:" + dir);
    for (Storage.Step<?> write :
        List.<Storage.Step<?>>of(
            () -> {
              files.writeOnce("trial_rows/demo/x", CONTENT);
              return 0;
            },
            () -> {
              files.replace("studies/demo/checkpoints/x", CONTENT);
              return 0;
            },
            () -> files.create("studies/demo/x", CONTENT))) {
      assertThatThrownBy(write::take)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("writing fulldisk:" + dir)
          .hasMessageContaining("/demo/")
          .hasMessageContaining("failed: No space left on device; free there: ");
    }
    try (Stream<Path> left = Files.walk(dir)) {
      assertThat(left.filter(Files::isRegularFile).map(p -> p.getFileName().toString()))
          .as("nothing half-written stays")
          .noneMatch(name -> name.startsWith(".tmp-"));
    }
  }

  @Test
  void aFileIsReplacedOnlyIfTheConditionHolds() throws IOException {
    ResultFiles files = new ResultFiles(new Configuration(), "file:" + dir);
    assertThat(files.replaceIf("studies/demo/x", CONTENT, () -> true)).isTrue();
    assertThat(files.replaceIf("studies/demo/x", new byte[9], () -> false)).isFalse();
    assertThatThrownBy(
            () ->
                files.replaceIf(
                    "studies/demo/x",
                    new byte[9],
                    () -> {
                      throw new IllegalStateException("cannot be told");
                    }))
        .hasMessage("cannot be told");
    assertThat(files.read("studies/demo/x")).isEqualTo(CONTENT);
    assertThat(files.statuses("studies/demo")).hasSize(1);
  }

  @Test
  void whatKilledWritersLeftGoesAndNothingElse() throws IOException {
    Path rows = dir.resolve("trial_rows/demo");
    Path checkpoints = dir.resolve("studies/demo/checkpoints");
    List<Path> old =
        List.of(
            rows.resolve(".tmp-1"),
            checkpoints.resolve(".tmp-2"),
            checkpoints.resolve("probe-3"),
            dir.resolve("studies/demo/lease-claim-6"));
    List<Path> stay =
        List.of(
            rows.resolve("a.parquet"),
            checkpoints.resolve("coarse-0-x"),
            dir.resolve("trial_rows/other/.tmp-4"));
    Path fresh = rows.resolve(".tmp-5");
    for (Path file : Stream.of(old, stay, List.of(fresh)).flatMap(List::stream).toList()) {
      Files.createDirectories(file.getParent());
      Files.write(file, CONTENT);
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
    }
    Files.setLastModifiedTime(fresh, FileTime.from(Instant.now().plusSeconds(60)));
    ResultFiles files = new ResultFiles(new Configuration(), "file:" + dir);
    try (Lease lease = Lease.take(files, "demo", Clock.systemUTC())) {
      Leftovers.sweep(files, "demo");
      lease.check();
    }
    assertThat(old).noneMatch(Files::exists);
    assertThat(stay).allMatch(Files::exists);
    assertThat(fresh).exists();
  }

  @Test
  void aFolderThatCannotBeWrittenIsTheUsersToMend() throws IOException {
    Files.createDirectories(dir.resolve("trial_rows/demo"));
    Files.write(dir.resolve("studies"), CONTENT); // where the lease's folder must be
    StudyFolders files = new StudyFolders(dir.toString());
    for (Storage.Step<?> step :
        List.<Storage.Step<?>>of(
            () -> files.compact("demo"),
            () -> {
              files.delete("demo");
              return 0;
            })) {
      assertThatThrownBy(step::take)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("results.dir must be a folder that can be written to")
          .hasMessageContaining(dir + "/studies/demo");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "results/trial_rows/x.csv",
        "results/trial_rows",
        "results/epoch_rows/demo/x.parquet",
        "results/study_rows/../trial_rows/new/x",
        "results/studies/out",
        "link/x.csv",
        "results/./studies"
      })
  void outputStaysOutOfTheResultsOwnFolders(String output) throws IOException {
    Files.createDirectories(dir.resolve("results/trial_rows/demo"));
    Files.createSymbolicLink(dir.resolve("link"), dir.resolve("results/trial_rows/demo"));
    Files.createSymbolicLink(dir.resolve("alias"), dir.resolve("results"));
    for (String results : List.of("results", "alias")) {
      assertThatThrownBy(
              () ->
                  OwnFolders.requireOutside(
                      dir.resolve(results).toString(), dir.resolve(output).toString()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--output must not be in a folder that holds the results' own");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"results/x.csv", "trial_rows/x", "results/trial_rows2", "x"})
  void outputMayBeAnywhereElse(String output) {
    OwnFolders.requireOutside(dir.resolve("results").toString(), dir.resolve(output).toString());
    OwnFolders.requireOutside("hdfs://h/results", dir.resolve(output).toString());
  }
}
