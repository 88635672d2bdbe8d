package dev.sieve.app;

import dev.sieve.report.Numbers;
import dev.sieve.search.PhasePlan;
import dev.sieve.search.PhaseRecord;
import dev.sieve.search.StudyListener;
import dev.sieve.spark.LiveGroup;
import dev.sieve.trial.Figures;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The progress line: phase, trials done of all, epochs trained, epochs a second, best validation
 * accuracy so far and its configuration, time left. On a terminal it is written over, with a line
 * for each running group below it; in a log plain lines, seldom.
 */
final class Progress implements StudyListener {
  private static final long PLAIN_EVERY_NANOS = 10_000_000_000L;

  /** Running groups that a terminal shows. */
  private static final int GROUPS = 8;

  private final PrintWriter out;
  private final boolean terminal;
  private final Supplier<List<LiveGroup>> running;

  /** Lines of the terminal below the cursor's column 0 that the next print takes the place of. */
  private int shown;

  private long startedNanos;
  private long printedNanos;
  private int finished;
  private int finishedBefore;
  private long epochs;
  private double workDone;
  private double workAll;
  private @Nullable TrialOutcome best;
  private @Nullable PhasePlan plan;

  /**
   * @param running groups that run now
   */
  Progress(PrintWriter out, boolean terminal, Supplier<List<LiveGroup>> running) {
    this.out = out;
    this.terminal = terminal;
    this.running = running;
  }

  @Override
  public void started(PhasePlan plan, int finished) {
    this.plan = plan;
    this.finished = finished;
    finishedBefore = finished;
    startedNanos = System.nanoTime();
    printedNanos = startedNanos;
    epochs = 0;
    workDone = 0;
    workAll = plan.work();
    best = null;
    if (finished > 0) {
      note(
          "%s: %d of %d trials are in the table already"
              .formatted(plan.name(), finished, plan.size()));
    }
  }

  @Override
  public void finished(PhasePlan plan, TrialOutcome outcome) {
    finished++;
    Stage stage = outcome.trial().stage();
    epochs += Math.round(outcome.result().epochs() * (1 - (double) stage.from() / stage.to()));
    workDone += outcome.trial().work();
    if (accuracy(outcome) > (best == null ? -1 : accuracy(best))) {
      best = outcome;
    }
    Status status = outcome.result().status();
    if (status == Status.FAILED || status == Status.LOST) {
      note(
          "%s: trial %d %s: %s"
              .formatted(
                  plan.name(),
                  outcome.trial().ordinal(),
                  status.label(),
                  firstLine(outcome.result())));
    }
    tick();
  }

  @Override
  public void tick() {
    long now = System.nanoTime();
    if (plan == null || (!terminal && now - printedNanos < PLAIN_EVERY_NANOS)) {
      return;
    }
    printedNanos = now;
    List<LiveGroup> groups = running.get();
    String line = line(plan, groups, (now - startedNanos) / 1e9);
    if (!terminal) {
      out.println(line);
    } else {
      List<String> lines = new ArrayList<>();
      lines.add(line);
      groups.stream().limit(GROUPS).map(Progress::line).forEach(lines::add);
      wipe();
      // A line that the terminal breaks could not be wiped.
      lines.replaceAll(text -> text.substring(0, Math.min(text.length(), Terminal.width() - 1)));
      out.print(String.join(System.lineSeparator(), lines));
      shown = lines.size();
    }
    out.flush();
  }

  @Override
  public void ended(PhasePlan plan, PhaseRecord record) {
    if (finished > finishedBefore) {
      note(line(plan, List.of(), (System.nanoTime() - startedNanos) / 1e9));
    }
    this.plan = null;
  }

  @Override
  public void note(String line) {
    wipe();
    out.println(line);
    out.flush();
  }

  /** Clears what was shown, and leaves the cursor where it began. */
  private void wipe() {
    if (!terminal || shown == 0) {
      return;
    }
    out.print("\r" + (shown > 1 ? "\033[" + (shown - 1) + "A" : "") + "\033[J");
    shown = 0;
  }

  private static String line(LiveGroup group) {
    String name =
        group.trials() > 1
            ? "%d trials from %d on".formatted(group.trials(), group.firstTrial())
            : "trial " + group.firstTrial();
    if (group.host().isEmpty()) {
      return "  %-24s  starting".formatted(name);
    }
    return String.format(
        Locale.ROOT,
        "  %-24s  epoch %d/%d  validation %.2f %%  %.2f epochs/s  %s",
        name,
        group.epoch(),
        group.epochs(),
        100 * group.accuracy(),
        group.epochsPerSecond(),
        group.host());
  }

  private String line(PhasePlan plan, List<LiveGroup> groups, double seconds) {
    StringBuilder line = new StringBuilder(plan.name());
    line.append(String.format(Locale.ROOT, "  %d/%d %s", finished, plan.size(), unit(plan)));
    long live = 0;
    double liveTrials = 0;
    for (LiveGroup group : groups) {
      live += (long) group.trials() * group.epoch();
      liveTrials += (double) group.trials() * group.epoch() / group.epochs();
    }
    if (epochs + live > 0) {
      line.append(
          String.format(
              Locale.ROOT, "  %d epochs  %.2f epochs/s", epochs + live, (epochs + live) / seconds));
    }
    if (best != null) {
      line.append(
          String.format(
              Locale.ROOT,
              "  best validation %.2f %% (%s)",
              100 * accuracy(best),
              best.trial().key().configuration()));
    }
    int left = plan.size() - finished;
    // Trials differ in work; what runs counts as average ones.
    double done = workDone + workAll * liveTrials / Math.max(1, plan.size());
    if (left > 0 && done > 0) {
      double ahead = workAll * (1 - (double) finishedBefore / plan.size()) - done;
      line.append("  ").append(seconds(Math.max(0, seconds * ahead / done))).append(" left");
    }
    return line.toString();
  }

  /** With rungs a trial comes in stages, each with a row. */
  private static String unit(PhasePlan plan) {
    boolean staged =
        plan.trials().stream().anyMatch(trial -> trial.stage().to() < trial.settings().steps());
    return staged ? "rungs of trials" : "trials";
  }

  static String seconds(double seconds) {
    return Numbers.duration(Duration.ofMillis(Math.round(1000 * seconds)));
  }

  private static double accuracy(TrialOutcome outcome) {
    Figures figures = outcome.result().validation();
    return figures == null || outcome.result().status() != Status.DONE ? -1 : figures.accuracy();
  }

  private static String firstLine(TrialResult result) {
    String error = result.error();
    return error == null ? "" : error.lines().findFirst().orElse("");
  }
}
