package dev.sieve.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.network.NetworkSpec;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.store.Machine;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialOutcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingSpeedTest {
  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path dir;

  @Test
  void theSecondsOfAGroupCountOnceAndOnlyOfTheSameShapeHereByThisEngine() {
    Trial[] trials = new Trial[8];
    for (int i = 0; i < trials.length; i++) {
      trials[i] = Fixtures.trial(i, 0, 1 + i);
    }
    List<TrialOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < trials.length; i++) {
      // Four groups of two trials; the last one on another host.
      Status status = i == 1 ? Status.DIVERGED : Status.DONE;
      outcomes.add(
          new TrialOutcome(
              trials[i],
              Fixtures.ended(trials[i], status, 0.5).result(),
              run(i / 2, i < 6 ? Machine.host() : "elsewhere")));
    }
    try (ParquetTrialStore store =
        ParquetTrialStore.open(
            spark, dir.toString(), Fixtures.STUDY, "reference", Fixtures.data())) {
      store.commit(Fixtures.plan(trials), outcomes);
      TrainingSpeed speeds = new TrainingSpeed(spark, "reference");
      NetworkSpec network = trials[0].settings().network();
      TrainingSpeed.Measured measured = Objects.requireNonNull(speeds.of(network));
      assertThat(measured.groups()).isEqualTo(3);
      // Six trials of two steps on two images in 1 + 2 + 3 seconds.
      assertThat(measured.flopsPerSecond())
          .isCloseTo(6 * 2 * 2 * network.trainingFlops() / 6.0, within(1e-9));
      assertThat(new TrainingSpeed(spark, "vector").of(network)).isNull();
      assertThat(speeds.of(with(network, List.of()))).isNull();
      assertThat(speeds.of(with(network, List.of(4, 5)))).isNull();
    }
  }

  private static NetworkSpec with(NetworkSpec network, List<Integer> hidden) {
    return new NetworkSpec(
        network.inputs(),
        hidden,
        network.classes(),
        hidden.isEmpty() ? null : network.batchNorm(),
        network.weights(),
        network.biases());
  }

  private static RunInfo run(int group, String host) {
    Instant started = Instant.parse("2026-01-02T03:04:05Z").plusSeconds(group);
    return new RunInfo(host, "driver", 0, started, 1 + group, "ejml", 0, "j", "g", "c", "s", "v");
  }
}
