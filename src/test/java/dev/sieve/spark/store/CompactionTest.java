package dev.sieve.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.spark.Crash;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.table.Column;
import dev.sieve.spark.table.ColumnType;
import dev.sieve.spark.table.StudyTable;
import dev.sieve.spark.table.Table;
import dev.sieve.spark.table.Views;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompactionTest {
  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path dir;

  @Test
  void manyFilesBecomeOneAndTheViewsSayTheSame() throws IOException {
    write();
    List<String> before = views();
    assertThat(files("trial_rows")).hasSize(5);

    Compaction.Outcome outcome = compaction(() -> {}).run(1);

    assertThat(outcome.toString()).isEqualTo("12 files are now 3");
    assertThat(files("trial_rows")).hasSize(1);
    assertThat(files("epoch_rows")).hasSize(1);
    assertThat(files("study_rows")).hasSize(1);
    assertThat(views()).isEqualTo(before);
    assertThat(compaction(() -> {}).run(1).toString()).isEqualTo("3 files, nothing to compact");
  }

  /**
   * A crash before any change of a file: the views never differ, and the next one ends the work,
   * however few files the crash has left.
   */
  @Test
  void aCrashAtAnyStepLosesNothing() throws IOException {
    write();
    List<String> before = tables();
    int steps = 0;
    for (boolean done = false; !done; steps++) {
      try {
        compaction(Crash.after(steps)).run(4);
        done = true;
      } catch (IOException e) {
        assertThat(e).hasMessage("crash");
      }
      assertThat(tables()).as("after %s steps", steps).isEqualTo(before);
    }
    assertThat(steps).isGreaterThan(3);
    assertThat(files("trial_rows")).hasSize(1);
  }

  @Test
  void whatArrivesBetweenTheStepsIsKept() throws IOException {
    write();
    assertThatThrownBy(() -> compaction(Crash.after(2)).run(1)).hasMessage("crash");
    Trial late = Fixtures.trial(7, 0, 7);
    try (ParquetTrialStore store = open()) {
      store.commit(Fixtures.plan(late), List.of(Fixtures.done(late, 0.9)));
    }
    List<String> before = tables();
    compaction(() -> {}).run(1);
    assertThat(tables())
        .isEqualTo(before)
        .anyMatch(row -> row.contains(late.key().configuration()));
    assertThat(files("trial_rows")).hasSize(1);
  }

  @Test
  void fewFilesStay() throws IOException {
    write();
    assertThat(compaction(() -> {}).run(16).toString()).isEqualTo("12 files, nothing to compact");
  }

  @Test
  void columnsOfOtherVersionsSurvive() throws IOException {
    write();
    // As a newer version would write it: one column more, one of ours not there.
    List<Column<StudyTable.StudyRow>> columns = new ArrayList<>(StudyTable.TABLE.columns());
    columns.removeIf(column -> column.name().equals("cut"));
    columns.add(new Column<>("later", ColumnType.INT, "", row -> 42));
    byte[] content =
        new Table<>("study_rows", "", List.of("study"), columns)
            .file(List.of(new StudyTable.StudyRow(record(PhaseRow.State.DONE), 99)));
    Files.write(dir.resolve("study_rows/demo/other.parquet"), content);

    compaction(() -> {}).run(1);

    assertThat(files("study_rows")).hasSize(1);
    List<Row> rows =
        spark
            .read()
            .parquet(dir.resolve("study_rows/demo").toString())
            .selectExpr("later", "cut", "run_commit", "state")
            .collectAsList();
    assertThat(rows).extracting(Row::toString).containsExactly("[42,null,99,done]");
  }

  @Test
  void onlyTheHolderOfTheLeaseCompactsOrRemoves() throws IOException {
    write();
    StudyFolders files = new StudyFolders(dir.toString());
    ResultFiles raw = raw();
    try (Lease held = Lease.take(raw, "demo", Clock.systemUTC())) {
      assertThat(files.running("demo")).isTrue();
      assertThatThrownBy(() -> files.compact("demo"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("one driver at a time");
      assertThatThrownBy(() -> files.delete("demo"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("one driver at a time");
      held.check();
    }
    assertThat(files.running("demo")).isFalse();
    assertThat(files("trial_rows")).hasSize(5);
    assertThat(files.compact("demo")).isEqualTo("12 files are now 3");
  }

  @Test
  void aRemovedStudyLeavesNothingButTheOthers() throws IOException {
    write();
    Files.createDirectories(dir.resolve("trial_rows/other"));
    Path model = dir.resolve("studies/demo/models/final-0-x-r0/weights.npz");
    Files.createDirectories(model.getParent());
    Files.writeString(model, "x");
    StudyFolders files = new StudyFolders(dir.toString());
    files.delete("demo");
    assertThat(files.studies()).containsExactly("other");
    assertThat(dir.resolve("studies/demo")).doesNotExist();
    assertThatThrownBy(() -> files.delete("demo"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("got 'demo'; there is other");
  }

  private void write() {
    Trial a = Fixtures.trial(0, 0, 1);
    Trial b = Fixtures.trial(1, 0, 2);
    Trial c = Fixtures.trial(2, 0, 3);
    Trial d = Fixtures.trial(3, 0, 4);
    PhasePlan plan = Fixtures.plan(a, b, c, d);
    try (ParquetTrialStore store = open()) {
      store.save(record(PhaseRow.State.RUNNING));
      store.commit(plan, List.of(Fixtures.done(a, 0.5)));
      store.commit(plan, List.of(Fixtures.ended(b, Status.PAUSED, 0.25), Fixtures.done(c, 0.125)));
      store.commit(plan, List.of(Fixtures.ended(b, Status.PRUNED, 0.25)));
      store.commit(plan, List.of(Fixtures.diverged(d)));
      Trial e = Fixtures.trial(4, 0, 5);
      store.commit(Fixtures.plan(a, e), List.of(Fixtures.failed(e, Status.FAILED)));
      store.save(record(PhaseRow.State.CUT));
      store.save(record(PhaseRow.State.DONE));
    }
  }

  private static PhaseRow record(PhaseRow.State state) {
    return new PhaseRow("demo", Phase.COARSE, 0, "p", new TreeMap<>(), 4, state, "", "", "t");
  }

  private ParquetTrialStore open() {
    return ParquetTrialStore.open(spark, dir.toString(), "demo", "reference", Fixtures.data());
  }

  private ResultFiles raw() throws IOException {
    return new ResultFiles(new Configuration(), "file:" + dir);
  }

  private Compaction compaction(Compaction.Permit permit) throws IOException {
    return new Compaction(raw(), "demo", permit);
  }

  /** Everything that the views show. */
  private List<String> views() {
    return rows(Views.ALL.stream().map(Views.View::name).toList());
  }

  /** The views that read files; the others are queries over these. */
  private List<String> tables() {
    return rows(List.of("trials", "epochs", "studies"));
  }

  private List<String> rows(List<String> names) {
    spark.conf().set(ResultsDir.SETTING, dir.toString());
    List<String> rows = new ArrayList<>();
    for (String name : names) {
      spark.table(name).toJSON().collectAsList().forEach(row -> rows.add(name + row));
    }
    Collections.sort(rows);
    return rows;
  }

  private List<Path> files(String table) throws IOException {
    try (Stream<Path> all = Files.list(dir.resolve(table).resolve("demo"))) {
      return all.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }
}
