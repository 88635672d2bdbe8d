package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.app.cli.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of one executor that is too small for its networks, then a larger one. */
class LostTrialsIT {
  /** Weights of 220 MB and gradients of as much: they fit, and nothing beside them does. */
  private static final String STUDY =
      """
      study { name = large, seed = 7 }
      data { source = synthetic, train = 20, validation = 10 }
      network { hidden = [6000, 6000], init.weights = he }
      training { batch-size = 10, lambda = 0, schedule { type = constant, eta = 0.01, epochs = 1 } }
      engine.fuse = 1
      coarse { sampler = grid, space { lambda { values = [0, 1e-4] } } }
      """;

  @TempDir Path scratch;

  @Test
  void whatFindsNoMemoryIsLostAndTheSameCommandEndsAsUndisturbed()
      throws IOException, InterruptedException {
    Path results = scratch.resolve("clustered");
    Launcher.Ended small = run(results, "local-cluster[1,1,460]", "460m");
    assertThat(small.status()).as(small.err()).isEqualTo(ExitStatus.LOST_TRIALS);
    assertThat(small.err())
        .contains("coarse: trial 0 lost: lost after 2 attempts, the last: ")
        .contains("ran out of memory")
        .contains("coarse: trials 0, 1 were lost")
        .doesNotContain("\tat ");
    assertThat(small.out()).contains("the same command trains them again");

    Launcher.Ended large = run(results, "local-cluster[1,1,2500]", "2500m");
    assertThat(large.status()).as(large.err()).isZero();
    Path local = scratch.resolve("local");
    Launcher.Ended alone = run(local, "local[1]", "1g");
    assertThat(alone.status()).as(alone.err()).isZero();
    assertThat(Launcher.table(results)).hasSize(6).isEqualTo(Launcher.table(local));
  }

  private Launcher.Ended run(Path results, String master, String memory)
      throws IOException, InterruptedException {
    Path file = Files.writeString(scratch.resolve("large.conf"), STUDY);
    List<String> words =
        new ArrayList<>(List.of("coarse", "-c", file.toString(), "results.dir=" + results));
    words.addAll(List.of("--master", master, "--conf", "spark.executor.memory=" + memory));
    words.addAll(List.of("--conf", Launcher.EXECUTOR_ARCHIVE));
    // One attempt, and the one alone.
    words.addAll(List.of("--conf", "spark.task.maxFailures=1"));
    return Launcher.sieve(scratch, words.toArray(new String[0])).end();
  }
}
