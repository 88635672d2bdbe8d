package dev.sieve.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.search.definition.SearchSettings;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.store.StudyFolders;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrainingSpec;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import dev.sieve.trial.TrialSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups that are stopped and go on, through Spark and files. */
@Timeout(60)
final class ProgressFilesTest {
  private static final long STEPS = 40_000;

  @TempDir private Path results;

  /** A trial of the fixtures that takes its time. */
  private static Trial trial(int ordinal, double lambda) {
    Trial made = Fixtures.trial(ordinal, 0, lambda);
    TrialSettings settings = made.settings();
    TrainingSpec training =
        new TrainingSpec(
            2,
            lambda,
            settings.training().optimiser(),
            new Schedule.Cyclical(1e-5, 0.1, (int) STEPS / 2, 1),
            false,
            5_000,
            false);
    return new Trial(
        made.key(),
        ordinal,
        made.configuration(),
        new TrialSettings(
            settings.network(), training, settings.data(), false, false, settings.settings()),
        made.seed());
  }

  private SparkTrialExecutor executor(@Nullable Duration every) {
    return new SparkTrialExecutor(
        SharedSpark.session(),
        Fixtures.data(),
        "reference",
        new SearchSettings(1, 0, 0, 0, Duration.ofMinutes(1)),
        results.toString(),
        every);
  }

  private static List<TrialResult> train(SparkTrialExecutor executor, Trial... trials)
      throws InterruptedException {
    executor.submit(Fixtures.group(trials));
    List<TrialOutcome> outcomes = executor.await(Duration.ofSeconds(50));
    executor.settled(outcomes);
    return outcomes.stream().map(TrialOutcome::result).toList();
  }

  private List<Path> files() throws IOException {
    Path folder = results.resolve("studies/demo/checkpoints");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "withdraw", "close"})
  void whenAStoppedExecutorHandsBackItsGroupsAllTheyHaveIsInFiles(String way) throws Exception {
    Trial a = trial(0, 0.1);
    Trial b = trial(1, 0.2);
    SparkTrialExecutor executor = executor(Duration.ofDays(1));
    executor.submit(Fixtures.group(a, b));
    while (executor.live().stream().noneMatch(group -> !group.host().isEmpty())) {
      assertThat(executor.await(Duration.ofMillis(10))).isEmpty();
    }
    switch (way) {
      case "cancel" -> executor.cancel();
      case "withdraw" -> executor.withdraw();
      default -> executor.close();
    }
    while (executor.pending() > 0) {
      assertThat(executor.await(Duration.ofSeconds(50))).isEmpty();
    }
    Map<TrialKey, Long> kept = executor.kept(List.of(a, b));
    executor.close();
    assertThat(kept.get(a.key())).isBetween(1L, STEPS).isEqualTo(kept.get(b.key()));
    assertThat(files()).hasSize(2);

    try (SparkTrialExecutor again = executor(null)) {
      assertThat(again.kept(List.of(a, b, trial(2, 0.3)))).isEqualTo(kept);
      // Apart this time.
      List<TrialResult> results = new ArrayList<>(train(again, b));
      results.addAll(train(again, a));
      assertThat(files()).isEmpty();
      List<TrialResult> undisturbed = train(again, b, a);
      assertThat(results).usingRecursiveComparison().isEqualTo(undisturbed);
      assertThat(results).extracting(TrialResult::status).containsOnly(Status.DONE);
    }
  }

  @Test
  void whatTheClockKeptIsRemovedWithTheRow() throws Exception {
    Trial trial = trial(0, 0.1);
    List<String> names = new ArrayList<>();
    try (SparkTrialExecutor executor = executor(Duration.ofMillis(1))) {
      executor.submit(new TrialGroup(List.of(trial)));
      List<TrialOutcome> outcomes = executor.await(Duration.ofMillis(10));
      while (outcomes.isEmpty()) {
        files().forEach(file -> names.add(file.getFileName().toString()));
        outcomes = executor.await(Duration.ofMillis(10));
      }
      executor.settled(outcomes);
    }
    assertThat(names)
        .contains(
            "coarse-0-%s-r0-rung0-progress-%s"
                .formatted(trial.key().configuration(), Fixtures.data().fingerprint()));
    assertThat(files()).isEmpty();
  }

  /** As an attempt does that went on beside the one whose row was written. */
  @Test
  void whatIsKeptAfterTheRowIsRemovedAtTheEnd() throws Exception {
    Trial trial = Fixtures.trial(0, 0, 0.1);
    Path folder = Files.createDirectories(results.resolve("studies/demo/checkpoints"));
    String after = "-r0-rung0-progress-" + Fixtures.data().fingerprint();
    try (SparkTrialExecutor executor = executor(null)) {
      train(executor, trial);
      Files.writeString(folder.resolve("coarse-0-" + trial.key().configuration() + after), "late");
      Files.writeString(folder.resolve("coarse-0-abc" + after), "another's");
    }
    assertThat(files())
        .filteredOn(file -> file.toString().contains("-progress-"))
        .containsExactly(folder.resolve("coarse-0-abc" + after));
  }

  @Test
  void leftoversOfAPhaseGoAndThoseOfOthersStay() throws Exception {
    Path folder = Files.createDirectories(results.resolve("studies/demo/checkpoints"));
    String stays = Fixtures.trial(0, 0, 0.1).key().configuration();
    for (String name :
        List.of(
            "coarse-0-" + stays + "-r0-rung0-progress-" + Fixtures.data().fingerprint(),
            "coarse-0-abc-r0-rung0-progress-f",
            "coarse-0-abc-r0-rung0-f",
            "fine-1-abc-r0-rung0-progress-f")) {
      Files.writeString(folder.resolve(name), "left");
    }
    try (SparkTrialExecutor executor = executor(null)) {
      executor.forgetAllBut("demo", Phase.COARSE, 0, List.of(trial(0, 0.1)));
      assertThat(files()).hasSize(3);
      executor.forgetAllBut("demo", Phase.COARSE, 0, List.of());
      assertThat(files())
          .extracting(file -> file.getFileName().toString())
          .containsExactly("coarse-0-abc-r0-rung0-f", "fine-1-abc-r0-rung0-progress-f");
      assertThat(executor.kept(List.of(trial(0, 0.1)))).isEmpty();
    }
    new StudyFolders(results.toString()).delete("demo");
    assertThat(files()).isEmpty();
  }
}
