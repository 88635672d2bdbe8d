package dev.sieve.app.text;

import dev.sieve.report.Numbers;
import dev.sieve.search.StudyListener;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.spark.live.LiveGroup;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The progress line: phase, trials done of all, epochs trained, epochs a second, best validation
 * accuracy so far and its configuration, time left. On a terminal it is written over, with a line
 * for each running group below it; in a log plain lines, seldom.
 */
public final class Progress implements StudyListener {
  private static final long PLAIN_EVERY_NANOS = 10_000_000_000L;

  /** Running groups that a terminal shows. */
  private static final int GROUPS = 8;

  private final PrintWriter out;
  private final boolean terminal;
  private final Supplier<List<LiveGroup>> running;
  private final LongSupplier nanos;

  /** Lines of the terminal below the cursor's column 0 that the next print takes the place of. */
  private int shown;

  private long startedNanos;
  private long printedNanos;
  private int finished;
  private long epochs;
  private int finishedBefore;

  /** Steps of earlier runs, by the ordinal of a trial that goes on from within its stage. */
  private final Map<Integer, Long> before = new HashMap<>();

  private double workDone;
  private double workBefore;

  /**
   * When this run had first done something, and how much: what a start takes says nothing of how
   * fast the rest is, least of all where most was done before.
   */
  private double firstSeconds;

  private double firstWork;
  private @Nullable TrialOutcome best;
  private @Nullable PhasePlan plan;

  /**
   * @param running groups that run now
   */
  public Progress(PrintWriter out, boolean terminal, Supplier<List<LiveGroup>> running) {
    this(out, terminal, running, System::nanoTime);
  }

  Progress(
      PrintWriter out, boolean terminal, Supplier<List<LiveGroup>> running, LongSupplier nanos) {
    this.nanos = nanos;
    this.out = out;
    this.terminal = terminal;
    this.running = running;
  }

  @Override
  public void started(PhasePlan plan, int finished) {
    this.plan = plan;
    this.finished = finished;
    finishedBefore = finished;
    startedNanos = nanos.getAsLong();
    printedNanos = startedNanos;
    epochs = 0;
    workDone = 0;
    firstWork = 0;
    // Which of them have a row is not said; for the most part those that come first.
    workBefore = plan.trials().stream().limit(finished).mapToDouble(Trial::work).sum();
    best = null;
    before.clear();
    if (finished > 0) {
      note(
          "%s: %s of %s trials are in the table already"
              .formatted(plan.name(), finished, plan.size()));
    }
  }

  @Override
  public void resumed(PhasePlan plan, Map<Trial, Long> steps) {
    steps.forEach(
        (trial, taken) -> {
          before.put(trial.ordinal(), taken);
          workBefore += trial.work() * share(trial.stage(), taken);
        });
  }

  @Override
  public void finished(PhasePlan plan, TrialOutcome outcome) {
    finished += outcome.result().status() == Status.LOST ? 0 : 1;
    // A phase that adapts knows more of what is to come.
    this.plan = plan;
    Stage stage = outcome.trial().stage();
    long begun = begun(outcome.trial());
    epochs += Math.round(outcome.result().epochs() * (1 - (double) begun / stage.to()));
    workDone += outcome.trial().work() * (1 - share(stage, begun));
    before.remove(outcome.trial().ordinal());
    if (accuracy(outcome) > (best == null ? -1 : accuracy(best))) {
      best = outcome;
    }
    Status status = outcome.result().status();
    if (status == Status.FAILED || status == Status.LOST) {
      note(
          "%s: trial %s %s: %s"
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
    long now = nanos.getAsLong();
    boolean due = terminal || now - printedNanos >= PLAIN_EVERY_NANOS;
    if (plan == null || (!due && firstWork > 0)) {
      return;
    }
    List<LiveGroup> groups = running.get();
    String line = line(plan, groups, (now - startedNanos) / 1e9);
    if (!due) {
      return;
    }
    printedNanos = now;
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
  public void ended(PhasePlan plan, PhaseRow record) {
    if (finished > finishedBefore) {
      note(line(plan, List.of(), (nanos.getAsLong() - startedNanos) / 1e9));
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
            ? "%s trials from %s on".formatted(group.trials(), group.firstTrial())
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
    double done = workDone;
    for (LiveGroup group : groups) {
      Trial first = first(plan, group);
      long epochsBefore = first == null ? 0 : begun(first) / first.settings().stepsPerEpoch();
      live += group.trials() * Math.max(0, group.epoch() - epochsBefore);
      done += first == null ? 0 : workDone(first, group);
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
    if (done > 0 && firstWork == 0) {
      firstWork = done;
      firstSeconds = seconds;
    }
    int left = plan.size() - finished;
    if (left > 0 && done > 0) {
      double ahead = plan.work() - workBefore - done;
      line.append("  ").append(seconds(Math.max(0, ahead / speed(done, seconds)))).append(" left");
    }
    return line.toString();
  }

  /** Work a second. */
  private double speed(double done, double seconds) {
    boolean measured = seconds - firstSeconds >= 1 && done > firstWork;
    return measured ? (done - firstWork) / (seconds - firstSeconds) : done / seconds;
  }

  /** Of a running group, as far as its first trial has come in its stage. */
  private double workDone(Trial first, LiveGroup group) {
    Stage stage = first.stage();
    long steps = group.epoch() * first.settings().stepsPerEpoch();
    double share = Math.max(0, share(stage, steps) - share(stage, begun(first)));
    return share * group.trials() * first.work();
  }

  private static @Nullable Trial first(PhasePlan plan, LiveGroup group) {
    Trial first = null;
    for (Trial trial : plan.trials()) {
      first = trial.ordinal() == group.firstTrial() ? trial : first;
    }
    return first;
  }

  /** Steps that a trial had taken before this run. */
  private long begun(Trial trial) {
    return before.getOrDefault(trial.ordinal(), trial.stage().from());
  }

  /** Of a stage. */
  private static double share(Stage stage, long taken) {
    double share = (double) (taken - stage.from()) / (stage.to() - stage.from());
    return Math.max(0, Math.min(1, share));
  }

  /** With rungs a trial comes in stages, each with a row. */
  private static String unit(PhasePlan plan) {
    boolean staged =
        plan.trials().stream().anyMatch(trial -> trial.stage().to() < trial.settings().steps());
    return staged ? "rungs of trials" : "trials";
  }

  public static String seconds(double seconds) {
    return Numbers.duration(Duration.ofMillis(Math.round(1000 * seconds)));
  }

  private static double accuracy(TrialOutcome outcome) {
    Metrics figures = outcome.result().validation();
    return figures == null || outcome.result().status() != Status.DONE ? -1 : figures.accuracy();
  }

  private static String firstLine(TrialResult result) {
    String error = result.error();
    return error == null ? "" : error.lines().findFirst().orElse("");
  }
}
