package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.idx.IdxFiles;
import dev.sieve.error.UserException;
import dev.sieve.model.NpzFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole studies that once stopped half-way, or would have been others elsewhere. */
@Timeout(300)
class SmallStudiesIT {
  @TempDir static Path scratch;
  private static SmallStudies studies;

  @BeforeAll
  static void open() {
    studies = new SmallStudies(scratch);
  }

  @AfterAll
  static void close() {
    studies.close();
  }

  @Test
  void fineDrawsTheEndsOfCoarseToTheBitAndRunsToItsEnd() throws Exception {
    Path results = run(SmallStudies.ENDS, "ends");
    Row fine =
        studies.row(
            results,
            "SELECT count(DISTINCT configuration), min(eta), max(eta) FROM trials WHERE phase = 'fine' AND status = 'done'");
    assertThat(fine.getLong(0)).isBetween(5L, 6L);
    assertThat(fine.getDouble(1)).isEqualTo(0.005);
    assertThat(fine.getDouble(2)).isEqualTo(0.05);
  }

  @Test
  void boxesThatAreNotClippedStayWithinTheSettings() throws Exception {
    Path results = run(SmallStudies.FREE, "free");
    Row fine =
        studies.row(
            results,
            "SELECT min(lambda), max(lambda), min(momentum), max(momentum) FROM trials WHERE phase = 'fine'");
    assertThat(fine.getDouble(0)).isZero();
    assertThat(fine.getDouble(1)).isEqualTo(0.015);
    assertThat(fine.getDouble(2)).isEqualTo(0.275);
    assertThat(fine.getDouble(3)).isBetween(0.99999, Math.nextDown(1.0));
  }

  /** Digits of its own in the whole process, from its first line on. */
  @Test
  void aDriverOfAnotherPlaceGivesTheSameRows() throws Exception {
    Path here = run(SmallStudies.ENDS, "here");
    Path there = scratch.resolve("there");
    Launcher.Ended ended =
        Launcher.sieve(
                scratch,
                "run",
                "-c",
                studies.file(SmallStudies.ENDS).toString(),
                "--driver-java-options",
                "-Duser.language=ar -Duser.country=EG",
                "results.dir=" + there)
            .end();
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(studies.table(there)).hasSizeGreaterThan(10).isEqualTo(studies.table(here));
    assertThat(ResultsFolder.files(there, "studies"))
        .isEqualTo(ResultsFolder.files(here, "studies"));
  }

  @Test
  void imagesOfAnotherSizeAndOtherClassesTrainAsTheyAre() throws Exception {
    Path images = IdxFiles.write(Files.createDirectories(scratch.resolve("images")), 6);
    Path results =
        run(
            SmallStudies.LEVELS,
            "idx",
            "data.source=idx",
            "data.path=" + images,
            "data.train=50",
            "data.validation=10",
            "training.batch-size=10",
            "training.schedule.epochs=8",
            "final.data.train=50",
            "final.data.validation=10");
    Row row =
        studies.row(
            results,
            "SELECT test_accuracy, size(confusion), data_name, model FROM trials WHERE phase = 'final' ORDER BY trial");
    assertThat(row.getDouble(0)).as("columns of four places are easily told apart").isEqualTo(1);
    assertThat(row.getInt(1)).isEqualTo(4);
    assertThat(row.getString(2)).isEqualTo("idx");
    byte[] weights = Files.readAllBytes(results.resolve(row.getString(3)));
    NpzFile.Values first = Objects.requireNonNull(NpzFile.read(weights, "W1"));
    assertThat(first.shape()).startsWith(36);
  }

  @Test
  void aTableGivesTheSameRowsWhateverItsFiles() throws Exception {
    Path csv = Path.of("conf/penguins.csv").toAbsolutePath();
    Path expected = penguins("csv", csv);
    Row row =
        studies.row(
            expected,
            "SELECT min(test_accuracy), max(size(confusion)), max(data_name), max(model), max(validation_size) FROM trials WHERE phase = 'final'");
    assertThat(row.getDouble(0)).as("three species differ by their measures").isGreaterThan(0.9);
    assertThat(row.getInt(1)).isEqualTo(3);
    assertThat(row.getString(2)).isEqualTo("table");
    assertThat(row.getInt(4)).isEqualTo(34);
    byte[] weights = Files.readAllBytes(expected.resolve(row.getString(3)));
    assertThat(NpzFile.texts(weights, "classes")).containsExactly("Adelie", "Chinstrap", "Gentoo");
    assertThat(NpzFile.texts(weights, "inputs"))
        .hasSize(Objects.requireNonNull(NpzFile.read(weights, "W1")).shape().get(0))
        .contains("bill_depth_mm", "island = Biscoe", "sex is null");
    for (int files : List.of(1, 50)) {
      Path parquet = scratch.resolve("penguins" + files + ".parquet");
      studies.parquet(csv, files, parquet);
      assertThat(studies.table(penguins("parquet" + files, parquet)))
          .hasSizeGreaterThan(60)
          .isEqualTo(studies.table(expected));
    }
    assertThatThrownBy(() -> penguins("csv", csv, "data.drop=[year]"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data");
  }

  private static Path penguins(String results, Path file, String... overrides) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "data.source=table",
                "data.table.path=" + file,
                "data.table.label=species",
                "data.table.options={nullValue=NA}",
                "data.train=rest",
                "data.validation=0.2",
                "training.batch-size=20",
                "training.schedule.epochs=6",
                "final.data.train=rest",
                "final.data.validation=0.1"));
    words.addAll(List.of(overrides));
    return run(SmallStudies.LEVELS, results, words.toArray(new String[0]));
  }

  /** As a user would who tidies up beside a study that runs. */
  @Test
  void aTableThatIsMovedAwayEndsTheStudyAndPutBackItGoesOn() throws Exception {
    Path results = scratch.resolve("moved");
    Path rows = results.resolve("trial_rows");
    Path away = scratch.resolve("away");
    Thread mover = new Thread(() -> moveOnceThereAre(3, rows.resolve("levels"), rows, away));
    mover.start();
    assertThatThrownBy(() -> studies.run(SmallStudies.LEVELS, results.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("what a study has written must stay while it runs, but ")
        .hasMessageContaining("put them back to keep what they hold");
    mover.join();
    assertThat(ResultsFolder.files(results, "trial_rows")).isEmpty();

    Files.move(away, rows);
    Path undisturbed = run(SmallStudies.LEVELS, "stayed");
    run(SmallStudies.LEVELS, "moved");
    assertThat(studies.table(results)).hasSizeGreaterThan(60).isEqualTo(studies.table(undisturbed));
  }

  private static void moveOnceThereAre(int files, Path folder, Path from, Path to) {
    try {
      while (!Files.exists(folder)
          || Objects.requireNonNull(folder.toFile().list()).length < files) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      Files.move(from, to);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path run(String study, String name, String... overrides) throws Exception {
    Path results = scratch.resolve(name);
    SmallStudies.Ended ended = studies.run(study, results.toString(), overrides);
    assertThat(ended.status()).as(ended.said()).isZero();
    return results;
  }
}
