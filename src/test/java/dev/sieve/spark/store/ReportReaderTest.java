package dev.sieve.spark.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.StudySummary;
import dev.sieve.search.results.TrialRow;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportReaderTest {
  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path dir;

  private ParquetTrialStore store() {
    return ParquetTrialStore.open(
        spark, dir.toString(), Fixtures.STUDY, "reference", Fixtures.data());
  }

  private static PhaseRow coarse(PhaseRow.State state) {
    return new PhaseRow(
        Fixtures.STUDY, Phase.COARSE, 0, "p", new TreeMap<>(), 3, state, "", "", "text");
  }

  @Test
  void aStudyIsReadWhole() throws IOException {
    Trial good = Fixtures.trial(0, 0, 0.5);
    Trial diverged = Fixtures.trial(1, 0, 0.25);
    Trial failed = Fixtures.trial(2, 0, 0.125);
    try (ParquetTrialStore store = store()) {
      store.save(coarse(PhaseRow.State.RUNNING));
      store.commit(
          Fixtures.plan(good, diverged, failed),
          List.of(
              Fixtures.failed(failed, Status.FAILED),
              Fixtures.diverged(diverged),
              Fixtures.done(good, 0.75)));
      store.save(coarse(PhaseRow.State.DONE));
    }
    ReportReader reader = new ReportReader(spark, dir.toString());
    StudyHistory history = reader.read(Fixtures.STUDY);

    assertThat(history.phases()).containsExactly(coarse(PhaseRow.State.DONE));
    assertThat(history.trials()).extracting(TrialRow::ordinal).containsExactly(0, 1, 2);
    TrialRow first = history.trials().get(0);
    assertThat(first.key()).isEqualTo(good.key());
    assertThat(first.result()).isEqualTo(Fixtures.done(good, 0.75).result());
    assertThat(first.run()).isEqualTo(Fixtures.RUN);
    assertThat(first.settings()).isEqualTo(good.settings().settings());
    assertThat(first.origin().dataName()).isEqualTo("tiny");
    TrialRow second = history.trials().get(1);
    assertThat(second.result().status()).isEqualTo(Status.DIVERGED);
    assertThat(second.validationAccuracy()).isNull();
    assertThat(second.result().curve()).extracting(EpochMetrics::epoch).containsExactly(1);
    assertThat(second.result().curve().get(0).train().loss()).isNaN();
    assertThat(history.trials().get(2).result().error()).startsWith("java.lang.Boom");
    assertThat(history.halves()).isFalse();
    assertThat(history.boards()).hasSize(1);
    assertThat(history.boards().get(0).rows().get(0).configuration())
        .isEqualTo(good.key().configuration());
    StudyHistory.Pick pick = Objects.requireNonNull(history.pick());
    assertThat(pick.row().validationAccuracy()).isEqualTo(0.75);
    assertThat(spark.sql("SELECT phase, configuration FROM best").collectAsList())
        .as("what the view says")
        .extracting(Object::toString)
        .containsExactly("[coarse,%s]".formatted(pick.row().configuration()));
  }

  @Test
  void rungsAreReadOnceEachAsTheyEnded() throws IOException {
    Trial stopped = Fixtures.trial(0, 0, 0.5);
    Trial survivor = Fixtures.trial(1, 0, 0.25);
    TrialKey key = survivor.key();
    Trial next =
        new Trial(
            new TrialKey(key.study(), key.phase(), 0, key.configuration(), 0, 1),
            1,
            survivor.configuration(),
            survivor.settings(),
            1,
            new Stage(1, 2, 4));
    try (ParquetTrialStore store = store()) {
      store.commit(
          Fixtures.plan(stopped, survivor),
          List.of(
              Fixtures.ended(stopped, Status.PAUSED, 0.25),
              Fixtures.ended(survivor, Status.PAUSED, 0.5)));
      store.commit(Fixtures.plan(stopped), List.of(Fixtures.ended(stopped, Status.PRUNED, 0.25)));
      store.commit(Fixtures.plan(next), List.of(Fixtures.done(next, 0.75)));
    }
    StudyHistory history = new ReportReader(spark, dir.toString()).read(Fixtures.STUDY);

    assertThat(history.halves()).isTrue();
    assertThat(history.rungs())
        .extracting(
            TrialRow::key,
            TrialRow::ordinal,
            TrialRow::status,
            row -> row.result().epochs(),
            TrialRow::validationAccuracy)
        .containsExactly(
            tuple(stopped.key(), 0, Status.PRUNED, 1, 0.25),
            tuple(survivor.key(), 1, Status.PAUSED, 1, 0.5),
            tuple(next.key(), 1, Status.DONE, 1, 0.75));
    assertThat(history.trials())
        .extracting(TrialRow::key)
        .containsExactly(stopped.key(), next.key());
  }

  @Test
  void studiesAreListedAndAnUnknownOneIsEmpty() throws IOException {
    ReportReader reader = new ReportReader(spark, dir.toString());
    assertThat(reader.studies()).isEmpty();
    assertThat(reader.read("it's not there").trials()).isEmpty();
    try (ParquetTrialStore store = store()) {
      store.save(coarse(PhaseRow.State.RUNNING));
      Trial trial = Fixtures.trial(0, 0, 0.5);
      store.commit(Fixtures.plan(trial), List.of(Fixtures.done(trial, 0.75)));
    }

    assertThat(reader.names()).containsExactly(Fixtures.STUDY);
    assertThat(reader.studies())
        .containsExactly(
            new StudySummary(Fixtures.STUDY, 1, 1, 0.75, null, Fixtures.RUN.started()));
  }

  @Test
  void theVersionFollowsTheFiles() throws IOException {
    ReportReader reader = new ReportReader(spark, dir.toString());
    String empty = reader.version();
    assertThat(reader.version()).isEqualTo(empty);
    try (ParquetTrialStore store = store()) {
      Trial trial = Fixtures.trial(0, 0, 0.5);
      store.commit(Fixtures.plan(trial), List.of(Fixtures.done(trial, 0.75)));
      assertThat(reader.version()).isNotEqualTo(empty);
    }
    Files.writeString(dir.resolve("x.txt"), "π");
    assertThat(reader.file("x.txt")).isEqualTo("π".getBytes(UTF_8));
    assertThat(reader.file("y.txt")).isNull();
  }
}
