package dev.sieve.spark.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sieve.error.UserException;
import dev.sieve.network.Parameters;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.TrialRow;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParquetTrialStoreTest {
  private final SparkSession spark = SharedSpark.session();
  private final Trial first = Fixtures.trial(0, 0, 0.1);
  private final Trial second = Fixtures.trial(1, 0, 0.2);
  private final PhasePlan plan = Fixtures.plan(first, second);
  @TempDir private Path temporary;
  private Path dir = Path.of("");

  @BeforeEach
  void inAFolderThatDoesNotExistYet() {
    dir = temporary.resolve("new folder/results");
  }

  @Test
  void aNewFolderHasNoTrials() {
    try (ParquetTrialStore store = open()) {
      assertThat(store.history().trials(Phase.COARSE, 0)).isEmpty();
      assertThat(store.history().phases()).isEmpty();
      assertThat(store.history().leaderboard(Phase.COARSE, 0)).isEmpty();
    }
  }

  @Test
  void whatWasCommittedIsRead() {
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(Fixtures.done(second, 0.75), Fixtures.diverged(first)));
      List<TrialRow> trials = store.history().trials(Phase.COARSE, 0);
      assertThat(trials).extracting(TrialRow::key).containsExactly(first.key(), second.key());
      assertThat(trials).extracting(TrialRow::ordinal).containsExactly(0, 1);
      assertThat(trials).extracting(TrialRow::status).containsExactly(Status.DIVERGED, Status.DONE);
      assertThat(trials).extracting(TrialRow::validationAccuracy).containsExactly(null, 0.75);
      assertThat(trials.get(1).settings()).containsExactlyEntriesOf(second.settings().settings());
      assertThat(store.history().trials(Phase.FINE, 1)).isEmpty();
    }
  }

  @Test
  void everyColumnHoldsWhatItsCommentSays() {
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(Fixtures.done(first, 0.75)));
    }
    Row row =
        spark
            .sql(
                "SELECT concat_ws('|', study, phase, level, trial, replicate, rung, status, lambda, eta, eta_min, sigma, hidden, batch_norm, init, optimiser, momentum, batch_size, schedule, half_cycle, cycles, decay, train_size, validation_size, epochs, steps, train_accuracy, train_loss, train_cost, test_loss, best_epoch, best_validation_accuracy, to_json(confusion), seed, data_name, engine, numerics, run_replicates, run_commit, run_host, run_seconds, unix_micros(run_started)) FROM trials")
            .first();
    assertThat(row.getString(0))
        .isEqualTo(
            "demo|coarse|0|0|0|0|done|0.1|0.1|1.0E-5|0.01|5|4|before-activation|normal|sgd|2|cyclical|2|1|3|1|1|2|0.75|1.25|1.5|0|0.75|[[1,0],[0,0]]|1|tiny|reference|1|1|1|h|1.5|1767323045000000");
    Row epochs =
        spark
            .sql(
                "SELECT concat_ws('|', collect_list(concat_ws(',', epoch, step, eta, train_accuracy, validation_loss, test_loss, full_set))) FROM (SELECT * FROM epochs ORDER BY step)")
            .first();
    assertThat(epochs.getString(0)).isEqualTo("0,0,0.1,0.5,1.25,true|1,2,0.05,0.75,1.25,false");
  }

  @Test
  void numbersThatAreNotFiniteAreNull() {
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(Fixtures.diverged(first)));
    }
    assertThat(
            spark
                .sql(
                    "SELECT count(*), count(train_loss), count(validation_cost), count(train_accuracy) FROM epochs")
                .first())
        .hasToString("[1,0,0,1]");
    assertThat(spark.sql("SELECT status, diverged_epoch, best_epoch FROM trials").first())
        .hasToString("[diverged,1,null]");
  }

  @Test
  void theSameCommitMadeTwiceLeavesOneFile() throws IOException {
    List<TrialOutcome> outcomes = List.of(Fixtures.done(first, 0.5), Fixtures.done(second, 0.6));
    try (ParquetTrialStore store = open()) {
      store.commit(plan, outcomes);
    }
    List<Path> once = files();
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(outcomes.get(1), outcomes.get(0)));
      assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(2);
    }
    assertThat(files()).isEqualTo(once).hasSize(2);
    assertThat(once).noneMatch(file -> file.toString().endsWith(".crc"));
  }

  @Test
  void aCrashBetweenEpochsAndTrialsLeavesTheTrialUnfinished() throws IOException {
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(Fixtures.done(first, 0.5)));
    }
    Files.delete(trialFiles().get(0));
    Files.writeString(dir.resolve("trial_rows/demo/.tmp-half"), "half a file", UTF_8);
    try (ParquetTrialStore store = open()) {
      assertThat(store.history().trials(Phase.COARSE, 0)).isEmpty();
      store.commit(plan, List.of(Fixtures.done(first, 0.5), Fixtures.done(second, 0.25)));
      assertThat(store.history().trials(Phase.COARSE, 0)).hasSize(2);
      assertThat(spark.sql("SELECT count(*) FROM epochs").first().getLong(0)).isEqualTo(4);
    }
  }

  /** A second row of the same key, equal but for status and commit; twice leaves one. */
  @Test
  void aStoppedTrialKeepsItsRow() throws IOException {
    Trial above = Fixtures.trial(Phase.COARSE, 0, 1, 0, 0.2, 1);
    String all =
        "SELECT * EXCEPT (status, run_commit, settings), to_json(settings) FROM trial_rows WHERE status = '%s'";
    try (ParquetTrialStore store = open()) {
      store.commit(
          plan,
          List.of(
              Fixtures.ended(first, Status.PAUSED, 0.5),
              Fixtures.ended(second, Status.PAUSED, 0.6)));
      store.commit(plan, List.of(Fixtures.done(above, 0.7)));
      store.prune(List.of(first.key()));
      List<Path> once = files();
      store.prune(List.of(first.key()));
      assertThat(files()).isEqualTo(once);
      assertThat(store.history().trials(Phase.COARSE, 0))
          .extracting(TrialRow::status)
          .containsExactly(Status.PRUNED, Status.DONE);
      assertThat(store.history().rungs(Phase.COARSE, 0))
          .extracting(TrialRow::key, TrialRow::status)
          .containsExactly(
              tuple(first.key(), Status.PRUNED),
              tuple(second.key(), Status.PAUSED),
              tuple(above.key(), Status.DONE));
      assertThat(spark.sql(all.formatted("pruned")).collectAsList())
          .isEqualTo(spark.sql(all.formatted("paused") + " AND trial = 0").collectAsList())
          .hasSize(1);
      assertThatThrownBy(() -> store.prune(List.of(Fixtures.trial(7, 0, 0.7).key())))
          .hasMessage("1 rows must be there to be pruned, but there are 0");
    }
  }

  @Test
  void theNewestRowOfAKeyWinsAlsoAfterReopening() {
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(Fixtures.ended(first, Status.PAUSED, 0.5)));
    }
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(Fixtures.ended(first, Status.PRUNED, 0.5)));
      assertThat(store.history().trials(Phase.COARSE, 0))
          .singleElement()
          .extracting(TrialRow::status)
          .isEqualTo(Status.PRUNED);
    }
    assertThat(spark.sql("SELECT max(run_commit) FROM trial_rows").first().getLong(0)).isEqualTo(2);
  }

  @Test
  void theHighestRungIsTheTrialsRow() {
    Trial rung1 = Fixtures.trial(Phase.COARSE, 0, 0, 0, 0.1, 1);
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(Fixtures.done(rung1, 0.7)));
      store.commit(plan, List.of(Fixtures.ended(first, Status.PAUSED, 0.5)));
      assertThat(store.history().trials(Phase.COARSE, 0))
          .singleElement()
          .extracting(trial -> trial.key().rung())
          .isEqualTo(1);
    }
  }

  @Test
  void columnsOfALaterReleaseAreIgnoredAndMissingOnesAreNull() throws IOException {
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(Fixtures.done(first, 0.5)));
    }
    Path other = dir.resolve("trial_rows/demo/later.parquet");
    Path written = temporary.resolve("written");
    spark
        .sql("SELECT *, 'x' AS of_a_later_release FROM trial_rows")
        .drop("train_loss")
        .coalesce(1)
        .write()
        .parquet(written.toString());
    try (Stream<Path> parts = Files.list(written)) {
      Files.copy(
          parts.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow(), other);
    }
    Files.delete(trialFiles().stream().filter(p -> !p.equals(other)).findFirst().orElseThrow());
    assertThat(spark.sql("SELECT validation_accuracy, train_loss FROM trials").first())
        .hasToString("[0.5,null]");
  }

  @Test
  void aModelIsWrittenBeforeItsRowWithItsChecksum() throws IOException {
    TrialOutcome done = Fixtures.done(first, 0.5);
    TrialResult r = done.result();
    TrialOutcome withModel =
        new TrialOutcome(
            first,
            new TrialResult(
                r.status(),
                r.steps(),
                r.epochs(),
                r.train(),
                r.validation(),
                r.test(),
                r.curve(),
                r.confusion(),
                null,
                null,
                new Parameters(List.of())),
            done.run());
    try (ParquetTrialStore store = open()) {
      store.commit(plan, List.of(withModel));
      String model = Objects.requireNonNull(store.history().trials(Phase.COARSE, 0).get(0).model());
      assertThat(model)
          .isEqualTo("studies/demo/models/coarse-0-%s-r0/weights.npz", first.key().configuration());
      assertThat(dir.resolve(model)).hasContent("weights");
      assertThat(store.modelUri(model)).isEqualTo("file:" + dir + "/" + model);
      assertThat(spark.sql("SELECT model_checksum FROM trials").first().getString(0))
          .isEqualTo(dev.sieve.random.Sha256.hex("weights".getBytes(UTF_8)));
    }
  }

  @Test
  void phasesAreTheNewestRecordsInOrder() {
    try (ParquetTrialStore store = open()) {
      store.save(phase(Phase.FINE, 1, PhaseRow.State.RUNNING));
      store.save(phase(Phase.COARSE, 0, PhaseRow.State.RUNNING));
      store.save(phase(Phase.COARSE, 0, PhaseRow.State.DONE));
      assertThat(store.history().phases())
          .containsExactly(
              phase(Phase.COARSE, 0, PhaseRow.State.DONE),
              phase(Phase.FINE, 1, PhaseRow.State.RUNNING));
      store.save(phase(Phase.COARSE, 0, PhaseRow.State.RUNNING));
      assertThat(store.history().phases().get(0).state()).isEqualTo(PhaseRow.State.RUNNING);
    }
  }

  @Test
  void studiesDoNotMeet() {
    try (ParquetTrialStore store = open();
        ParquetTrialStore other =
            ParquetTrialStore.open(
                spark,
                dir.toString(),
                "other",
                "reference",
                Fixtures.data(),
                ParquetTrialStoreTest::weights)) {
      store.commit(plan, List.of(Fixtures.done(first, 0.5)));
      assertThat(other.history().trials(Phase.COARSE, 0)).isEmpty();
      assertThat(store.history().trials(Phase.COARSE, 0))
          .extracting(TrialRow::key)
          .extracting(TrialKey::study)
          .containsExactly("demo");
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsTheUsersToMend() throws IOException {
    Files.createDirectories(dir.getParent());
    Files.writeString(dir, "a file", UTF_8);
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "results.dir must be a folder that can be written to, but file:" + dir)
        .hasMessageContaining("set results.dir=");
  }

  @Test
  void aStudysNameStaysInItsFolder() {
    for (String name : List.of("../x", "a/b", "_x", ".x", "", "a b")) {
      assertThatThrownBy(
              () ->
                  ParquetTrialStore.open(spark, dir.toString(), name, "reference", Fixtures.data()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("but got '" + name + "'");
    }
  }

  private static PhaseRow phase(Phase phase, int level, PhaseRow.State state) {
    TreeMap<String, String> identity = new TreeMap<>();
    identity.put("seed", "1");
    return new PhaseRow("demo", phase, level, "abc", identity, 2, state, "", "a box", "text {}");
  }

  private ParquetTrialStore open() {
    return ParquetTrialStore.open(
        spark,
        dir.toString(),
        "demo",
        "reference",
        Fixtures.data(),
        ParquetTrialStoreTest::weights);
  }

  private static byte[] weights(Trial trial, Parameters parameters, Object data) {
    return "weights".getBytes(UTF_8);
  }

  private List<Path> trialFiles() throws IOException {
    try (Stream<Path> all = Files.list(dir.resolve("trial_rows/demo"))) {
      return all.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
