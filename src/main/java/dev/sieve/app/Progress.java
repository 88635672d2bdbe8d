package dev.sieve.app;

import dev.sieve.report.Numbers;
import dev.sieve.search.PhasePlan;
import dev.sieve.search.PhaseRecord;
import dev.sieve.search.StudyListener;
import dev.sieve.trial.Figures;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The progress line: phase, trials done of all, epochs a second, best validation accuracy so far
 * and its configuration, time left. On a terminal one line that is written over; in a log plain
 * lines, seldom.
 */
final class Progress implements StudyListener {
  private static final long PLAIN_EVERY_NANOS = 10_000_000_000L;

  private final PrintWriter out;
  private final boolean terminal;
  private long startedNanos;
  private long printedNanos;
  private int finished;
  private int finishedBefore;
  private long epochs;
  private double workDone;
  private double workAll;
  private @Nullable TrialOutcome best;
  private @Nullable PhasePlan plan;

  Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
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
              .formatted(name(plan), finished, plan.size()));
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
                  name(plan),
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
    String line = line(plan, (now - startedNanos) / 1e9);
    out.print(terminal ? "\r\033[K" + line : line + System.lineSeparator());
    out.flush();
  }

  @Override
  public void ended(PhasePlan plan, PhaseRecord record) {
    if (finished > finishedBefore) {
      String line = line(plan, (System.nanoTime() - startedNanos) / 1e9);
      out.println(terminal ? "\r\033[K" + line : line);
      out.flush();
    }
    this.plan = null;
  }

  @Override
  public void note(String line) {
    out.println(terminal ? "\r\033[K" + line : line);
    out.flush();
  }

  private String line(PhasePlan plan, double seconds) {
    StringBuilder line = new StringBuilder(name(plan));
    line.append(String.format(Locale.ROOT, "  %d/%d %s", finished, plan.size(), unit(plan)));
    if (epochs > 0) {
      line.append(String.format(Locale.ROOT, "  %.2f epochs/s", epochs / seconds));
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
    if (left > 0 && workDone > 0) {
      double workBefore = workAll * finishedBefore / plan.size();
      line.append("  ")
          .append(seconds(seconds * (workAll - workBefore - workDone) / workDone))
          .append(" left");
    }
    return line.toString();
  }

  static String name(PhasePlan plan) {
    return plan.level() > 1 ? plan.phase().label() + " " + plan.level() : plan.phase().label();
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
