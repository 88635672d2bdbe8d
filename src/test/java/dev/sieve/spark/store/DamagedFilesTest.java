package dev.sieve.spark.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.results.TrialStore;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that is damaged, or is none of ours, is named, never counted and fatal to nothing. */
final class DamagedFilesTest {
  private final SparkSession spark = SharedSpark.session();
  private final List<LeftOut> left = Collections.synchronizedList(new ArrayList<>());
  private final Trial a = Fixtures.trial(0, 0, 1);
  private final Trial b = Fixtures.trial(1, 0, 2);
  private final PhasePlan plan = Fixtures.plan(a, b);
  @TempDir private Path dir;

  @BeforeEach
  void write() {
    try (ParquetTrialStore store = open()) {
      store.save(record(PhaseRow.State.RUNNING));
      store.commit(plan, List.of(Fixtures.done(a, 0.5)));
      store.commit(plan, List.of(Fixtures.done(b, 0.75)));
      store.save(record(PhaseRow.State.DONE));
    }
  }

  /** What can happen to a file; the first that is done to is b's row. */
  enum Harm {
    EMPTY,
    TORN,
    TEXT,
    FLIPPED,
    OF_ANOTHER_TABLE,
    OLD_NAME_EMPTY,
    OLD_NAME_TORN,
    OLD_NAME_FLIPPED_PAGE;

    void to(Path file, Path other) throws IOException {
      byte[] content = Files.readAllBytes(file);
      Path old = file.resolveSibling(file.getFileName().toString().replaceAll("-.*", ".parquet"));
      switch (this) {
        case EMPTY -> Files.write(file, new byte[0]);
        case TORN -> Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
        case TEXT -> Files.writeString(file, "lambda,eta\n1,2\n", UTF_8);
        case FLIPPED -> Files.write(file, flipped(content, content.length - 40));
        case OF_ANOTHER_TABLE -> {
          Files.copy(other, file.resolveSibling(other.getFileName()));
          Files.delete(file);
        }
        case OLD_NAME_EMPTY -> {
          Files.move(file, old);
          Files.write(old, new byte[0]);
        }
        case OLD_NAME_TORN -> {
          Files.move(file, old);
          Files.write(old, java.util.Arrays.copyOf(content, content.length - 100));
        }
        case OLD_NAME_FLIPPED_PAGE -> {
          Files.move(file, old);
          Files.write(old, flipped(content, 60));
        }
      }
    }
  }

  private static byte[] flipped(byte[] content, int at) {
    byte[] copy = content.clone();
    copy[at] ^= 4;
    return copy;
  }

  @ParameterizedTest
  @EnumSource(Harm.class)
  void namedNotCountedAndTrainedAgain(Harm harm) throws IOException {
    List<String> before = trials();
    harm.to(rowOf(b), files("study_rows").get(0));

    try (LeftOut.Listening listening = LeftOut.to(left::add)) {
      assertThat(spark.sql("SELECT count(*) FROM trials").first().getLong(0)).isEqualTo(1);
      assertThat(left).singleElement().satisfies(file -> assertThat(file.rows()).isTrue());
      assertThat(left.get(0).study()).isEqualTo("demo");
      assertThat(left.get(0).text()).contains(dir.toString(), "is damaged", "None of its rows");
      assertThat(spark.sql("SELECT * FROM leaderboard").collectAsList()).hasSize(1);
      assertThat(new ReportReader(spark, dir.toString()).read("demo").trials()).hasSize(1);
      assertThat(new StudyFolders(dir.toString()).compact("demo")).isEqualTo("5 files are now 3");
      assertThat(left).as("each reader names the same file, once").hasSize(1);
    }
    // The same command again.
    try (ParquetTrialStore store = open()) {
      assertThat(store.history().rungs(Phase.COARSE, 0))
          .extracting(TrialRow::key)
          .containsExactly(a.key());
      assertThatThrownBy(() -> store.history().leaderboard(Phase.COARSE, 0))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("a pick needs every trial of coarse, but 1 of 2 have ended")
          .hasMessageContaining("run submit/coarse again");
      store.commit(plan, List.of(Fixtures.done(b, 0.75)));
      assertThat(store.history().leaderboard(Phase.COARSE, 0)).hasSize(2);
    }
    assertThat(trials()).isEqualTo(before);
    if (harm != Harm.OF_ANOTHER_TABLE) {
      // The file of the same keys took the damaged one's place.
      left.clear();
      try (LeftOut.Listening listening = LeftOut.to(left::add)) {
        trials();
      }
      assertThat(left).isEmpty();
    }
  }

  /** What comes again by the study's command, and what does not. */
  @Test
  void theWayOutIsTrueOfEachTable() throws IOException {
    for (String table : List.of("trial_rows", "epoch_rows", "study_rows")) {
      Files.write(files(table).get(0), new byte[0]);
    }
    List<String> texts = new ArrayList<>();
    try (LeftOut.Listening listening = LeftOut.to(file -> texts.add(file.text()))) {
      trials();
      spark.sql("SELECT * FROM epochs").collectAsList();
      spark.sql("SELECT * FROM studies").collectAsList();
    }
    assertThat(texts).hasSize(3);
    assertThat(texts.get(0)).contains("Run the study's command again, which trains");
    assertThat(texts.get(1)).contains("The learning curves in it are lost").doesNotContain("Run");
    assertThat(texts.get(2)).contains("again, which writes once more what it said of a phase");
  }

  /** Rows of rungs are as many as the trials, and yet one trial's end is missing. */
  @Test
  void aPickNeedsTheEndOfEachTrialAndNotAsManyRows() throws IOException {
    Trial more = Fixtures.trial(Phase.COARSE, 0, 1, 0, 2, 1);
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(Fixtures.ended(b, Status.PAUSED, 0.5)));
      store.commit(plan, List.of(Fixtures.done(more, 0.9)));
    }
    Path last = newest(files("trial_rows"));
    Files.write(last, new byte[0]);
    Files.delete(rowOf(b));
    try (ParquetTrialStore store = open()) {
      assertThat(store.history().rungs(Phase.COARSE, 0)).hasSize(2);
      assertThatThrownBy(() -> store.history().leaderboard(Phase.COARSE, 0))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("but 1 of 2 have ended");
    }
  }

  private static Path newest(List<Path> files) {
    return files.stream()
        .max(java.util.Comparator.comparing(file -> file.toFile().lastModified()))
        .orElseThrow();
  }

  @Test
  void whatIsNoTablesFileIsNamedButLacksNothing() throws IOException {
    Files.writeString(dir.resolve("trial_rows/demo/notes.txt"), "mine", UTF_8);
    Files.writeString(dir.resolve("trial_rows/README"), "mine", UTF_8);
    Files.createDirectories(dir.resolve("trial_rows/demo/copies"));
    Files.copy(rowOf(b), dir.resolve("trial_rows/demo/copies/x.parquet"));
    Files.writeString(dir.resolve("trial_rows/demo/.hidden"), "not looked at", UTF_8);
    try (LeftOut.Listening listening = LeftOut.to(left::add)) {
      assertThat(trials()).hasSize(2);
    }
    assertThat(left).extracting(LeftOut::rows).containsOnly(false);
    assertThat(left)
        .extracting(file -> dir.relativize(Path.of(file.path())).toString())
        .containsExactlyInAnyOrder(
            "trial_rows/demo/notes.txt", "trial_rows/README", "trial_rows/demo/copies");
  }

  @Test
  void whatGoesAwayWhileAStudyRunsEndsIt() throws IOException {
    try (ParquetTrialStore store = open()) {
      store.save(record(PhaseRow.State.RUNNING));
      Path away = dir.resolve("away");
      Files.move(dir.resolve("trial_rows"), away);
      assertThatThrownBy(() -> store.commit(plan, List.of(Fixtures.done(a, 0.5))))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("must stay while it runs, but 2 of its files in file:" + dir)
          .hasMessageContaining("put them back to keep what they hold, or run the same command")
          .hasCauseInstanceOf(TrialStore.RowsGoneException.class);
      assertThatThrownBy(() -> store.save(record(PhaseRow.State.DONE)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("trial_rows/demo are gone");
      assertThatThrownBy(() -> store.history().rungs(Phase.COARSE, 0))
          .isInstanceOf(UserException.class);
      Files.createDirectories(dir.resolve("trial_rows"));
      Files.move(away, dir.resolve("trial_rows"), StandardCopyOption.REPLACE_EXISTING);
      store.save(record(PhaseRow.State.DONE));
    }
  }

  @Test
  void aFileOfAnOlderNameIsRead() throws IOException {
    List<String> before = trials();
    for (String table : List.of("trial_rows", "epoch_rows", "study_rows")) {
      for (Path file : files(table)) {
        String name = file.getFileName().toString();
        assertThat(name).matches("[0-9a-f]{32}-[0-9a-f]{16}\\.parquet");
        Files.move(file, file.resolveSibling(name.replaceAll("-.*", ".parquet")));
      }
    }
    assertThat(trials()).isEqualTo(before);
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(Fixtures.done(b, 0.75)));
    }
    assertThat(files("trial_rows")).as("a commit whose keys are there is done").hasSize(2);
    assertThat(new StudyFolders(dir.toString()).compact("demo")).isEqualTo("6 files are now 3");
    assertThat(trials()).isEqualTo(before);
    assertThat(files("trial_rows").get(0).getFileName().toString())
        .contains(FileName.checksum(Files.readAllBytes(files("trial_rows").get(0))));
  }

  private static PhaseRow record(PhaseRow.State state) {
    return new PhaseRow("demo", Phase.COARSE, 0, "p", new TreeMap<>(), 2, state, "", "", "t");
  }

  private Path rowOf(Trial trial) throws IOException {
    for (Path file : files("trial_rows")) {
      String keys = Hashes.ofSorted(List.of(trial.key() + "|DONE"));
      if (FileName.holds(file.getFileName().toString(), keys)) {
        return file;
      }
    }
    throw new AssertionError("no file has the row of " + trial.key());
  }

  private List<String> trials() {
    spark.conf().set(ResultsDir.SETTING, dir.toString());
    List<String> rows =
        new ArrayList<>(
            spark.sql("SELECT * EXCEPT (run_commit) FROM trials").toJSON().collectAsList());
    Collections.sort(rows);
    return rows;
  }

  private List<Path> files(String table) throws IOException {
    try (Stream<Path> all = Files.list(dir.resolve(table).resolve("demo"))) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private ParquetTrialStore open() {
    return ParquetTrialStore.open(spark, dir.toString(), "demo", "reference", Fixtures.data());
  }
}
