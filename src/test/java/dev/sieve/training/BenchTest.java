package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.engine.TestTrials;
import dev.sieve.engine.factory.Engines;
import dev.sieve.kernel.Jvm;
import dev.sieve.trial.Optimiser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchTest {
  private static final Pattern EPOCH =
      Pattern.compile(
          "[0-9]+ epochs, (one task|2 tasks): ([0-9.]+) s a net-epoch, ([0-9.]+) GFLOP/s, ([0-9.]+) %"
              + " of the FMA peak of ([0-9.]+) GFLOP/s");

  @Test
  void linesHaveTimeSpeedAndShare() {
    List<String> lines = new ArrayList<>();
    TestTrials trial = new TestTrials().inputs(300).train(2000);

    new Bench(List.of(50), 2, 1, 2, new Optimiser.Momentum(0.9))
        .run(Engines.byType("vector"), trial.data(), lines::add);

    assertThat(lines).hasSize(6);
    assertThat(lines.get(0))
        .startsWith("vector engine, ")
        .contains("-bit vectors, " + Jvm.collector() + " collector, " + Jvm.compiler())
        .contains("compiler; 2 × ")
        .contains("-50-10, momentum, batches");
    assertThat(lines.get(1)).startsWith("warm-up, one task: ");
    assertThat(lines.get(2)).startsWith("warm-up, 2 tasks: ");
    for (String line : lines.subList(3, 5)) {
      Matcher epoch = EPOCH.matcher(line);
      assertThat(epoch.matches()).as(line).isTrue();
      double share = 100 * Double.parseDouble(epoch.group(3)) / Double.parseDouble(epoch.group(5));
      // Both have one decimal.
      assertThat(Double.parseDouble(epoch.group(4)))
          .isBetween(share * 0.8 - 0.2, share * 1.2 + 0.2);
    }
    assertThat(lines.get(5)).matches("2 tasks at once are [0-9.]+ times as fast as one");
  }

  @Test
  void nothingToMeasure() {
    assertThatThrownBy(() -> new Bench(List.of(5), 0, 3, 1, new Optimiser.Sgd()))
        .hasMessage(
            "fuse >= 1, epochs >= 1 and tasks >= 1 must hold, but got fuse=0, epochs=3, tasks=1");
  }
}
