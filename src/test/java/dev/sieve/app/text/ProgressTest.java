package dev.sieve.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.search.results.PhasePlan;
import dev.sieve.spark.live.LiveGroup;
import dev.sieve.trial.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
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
