package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job and the README's literal command, as a user types them. */
@Tag("smoke")
class SmokeIT {
  private static final String CONF = "src/test/resources/small.conf";

  @TempDir Path scratch;

  @Test
  void theWholeWay() throws IOException, InterruptedException {
    Path results = scratch.resolve("results of a run");
    Launcher.Ended ended =
        Launcher.sieve(scratch, "run", "-c", CONF, "results.dir=" + results).end();

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("SYNTHETIC IMAGES")
        .contains("coarse  16/16 trials")
        .contains("fine level 1  3/3 trials");
    assertThat(ended.out())
        .contains("test")
        .contains("±")
        .contains("weights.npz")
        .contains(results.toString());

    Launcher.Ended query =
        Launcher.sieve(
                scratch,
                "query",
                "--results",
                results.toString(),
                "--format",
                "csv",
                "SELECT phase, count(*) AS trials, count(test_accuracy) AS tested FROM trials GROUP BY phase ORDER BY phase")
            .end();
    assertThat(query.status()).as(query.err()).isZero();
    assertThat(query.out()).isEqualTo("phase,trials,tested\ncoarse,16,0\nfinal,2,2\nfine,3,0\n");
  }

  @Test
  void anOptionOfSparkSubmitIsFollowedByItsValueOrHoldsIt()
      throws IOException, InterruptedException {
    Launcher.Ended held =
        Launcher.sieve(scratch, "--driver-memory=1g", "version", "--conf=spark.ui.enabled=false")
            .end();
    assertThat(held.status()).as(held.err()).isZero();
    assertThat(held.out()).startsWith("sieve ");

    Launcher.Ended missing = Launcher.sieve(scratch, "version", "--driver-memory").end();
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("--driver-memory needs a value");
  }

  @Test
  void theLiteralCommandOfTheReadme() throws IOException, InterruptedException {
    Optional<String> line =
        Files.readAllLines(Launcher.TOP.resolve("README.md")).stream()
            .filter(candidate -> candidate.startsWith("spark-submit --class "))
            .findFirst();
    assertThat(line).isPresent();
    Path results = scratch.resolve("literal");
    String small =
        " data.source=synthetic data.train=300 data.validation=100 coarse.data.train=300 training.schedule.half-cycle=5"
            + " coarse.training.schedule.half-cycle=5 coarse.space.lambda.points=2 'coarse.space.sigma.values=[1e-3]' 'results.dir="
            + results
            + "'";
    Launcher.Ended ended =
        Launcher.start(
                scratch, List.of("bash", "-c", "PATH=\"$PWD/submit:$PATH\"; " + line.get() + small))
            .end();

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(results.resolve("trial_rows")).isNotEmptyDirectory();
  }
}
