package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reports' command as a user types it, on synthetic images. */
class ReproduceIT {
  @TempDir Path scratch;

  @Test
  void anExperimentRunsAndGoesOnAndIsReported() throws IOException, InterruptedException {
    Path results = scratch.resolve("results");
    String[] words = {
      "momentum-2017/deeper",
      "data.source=synthetic",
      "data.train=200",
      "data.validation=100",
      "training.schedule.epochs=2",
      "training.evaluate-every=1",
      "results.dir=" + results
    };

    Launcher.Ended first = reproduce(words);
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err()).contains("[1 of 1] momentum-2017/deeper").contains("10/10 trials");
    assertThat(first.out()).contains("a figure, no number").contains("at the peak");
    String page = Files.readString(results.resolve("reproduce/report.html"));
    assertThat(page.contains("<svg")).isTrue();

    Launcher.Ended again = reproduce(words);
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err()).contains("10 of 10 trials are in the table already");
    assertThat(Files.readAllLines(results.resolve("reproduce/runs.txt"))).hasSize(2);

    Launcher.Ended check =
        reproduce("two-layer/gradient-check", "data.source=synthetic", "results.dir=" + results);
    assertThat(check.status()).as(check.err()).isZero();
    assertThat(check.out()).contains("centred differences beat finite ones").contains("1.04e-06");
    assertThat(Files.readAllLines(results.resolve("reproduce/checks.csv"))).hasSize(1 + 5 * 4);
  }

  @Test
  void aNameThatIsNoneIsRefused() throws IOException, InterruptedException {
    // From another folder: the script says where the reports' files are.
    String command = Launcher.TOP.resolve("submit/reproduce").toString();
    Launcher.Ended wrong = Launcher.start(scratch, List.of(command, "klayer-2032"), scratch).end();
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("'klayer-2032'").contains("momentum-2017");
  }

  private Launcher.Ended reproduce(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Launcher.TOP.resolve("submit/reproduce").toString()));
    command.addAll(List.of(words));
    return Launcher.start(scratch, command).end();
  }
}
