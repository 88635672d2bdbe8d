package dev.sieve.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.search.results.PhasePlan;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.live.LiveGroup;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final PhasePlan PLAN =
      new PhasePlan("s", Phase.COARSE, 0, List.of(), 10, 0, new TreeMap<>(), "");

  private final StringWriter text = new StringWriter();
  private final List<LiveGroup> running = new ArrayList<>();

  @Test
  void aTerminalShowsRunningGroupsBelowThePhase() {
    Progress progress = new Progress(new PrintWriter(text), true, () -> running);
    progress.started(PLAN, 0);
    running.add(new LiveGroup("j-1", "node7", 0, 8, 3, 20, 0.4567, 12.5));
    running.add(new LiveGroup("j-2", "", 8, 1, 0, 20, 0, 0));

    progress.tick();

    String[] lines = text.toString().split(System.lineSeparator(), -1);
    assertThat(lines).hasSize(3);
    assertThat(lines[0]).startsWith("coarse  0/10 trials  24 epochs");
    assertThat(lines[1])
        .contains(
            "8 trials from 0 on", "epoch 3/20", "validation 45.67 %", "12.50 epochs/s", "node7");
    assertThat(lines[2]).contains("trial 8", "starting");

    text.getBuffer().setLength(0);
    progress.tick();
    // Up over the lines that stand below the first, then all of them cleared.
    assertThat(text.toString()).startsWith("\r\033[2A\033[Jcoarse");

    text.getBuffer().setLength(0);
    progress.note("a line");
    assertThat(text.toString()).isEqualTo("\r\033[2A\033[Ja line" + System.lineSeparator());
  }

  /** A start of eight seconds, then an epoch a second; one of the four was trained before. */
  @Test
  void theTimeLeftIsByWhatThisRunTrainedSinceItBegan() {
    Trial rung = Fixtures.trial(0, 0, 0.1);
    Trial trial = new Trial(rung.key(), 0, rung.configuration(), rung.settings(), rung.seed());
    assertThat(trial.settings().epochs()).isEqualTo(4);
    PhasePlan plan = Fixtures.plan(trial);
    long[] seconds = {0};
    Progress progress =
        new Progress(
            new PrintWriter(text),
            false,
            () -> running,
            () -> Duration.ofSeconds(seconds[0]).toNanos());
    progress.started(plan, 0);
    progress.resumed(plan, Map.of(trial, 1L));
    for (seconds[0] = 1; seconds[0] <= 10; seconds[0]++) {
      int epoch = (int) Math.max(1, seconds[0] - 7);
      running.clear();
      running.add(new LiveGroup("j-1", "node7", 0, 1, epoch, 4, 0.25, 1));
      progress.tick();
    }
    assertThat(text.toString())
        .startsWith("coarse  0/1 trials  2 epochs  0.20 epochs/s  1.0 s left");
  }

  @Test
  void aLogHasPlainLinesAndFewOfThem() {
    Progress progress = new Progress(new PrintWriter(text), false, () -> running);
    progress.started(PLAN, 3);
    running.add(new LiveGroup("j-1", "node7", 0, 8, 3, 20, 0.4567, 12.5));

    for (int i = 0; i < 100; i++) {
      progress.tick();
    }
    progress.note("a line");

    assertThat(text.toString())
        .isEqualTo(
            "coarse: 3 of 10 trials are in the table already"
                + System.lineSeparator()
                + "a line"
                + System.lineSeparator());
  }
}
