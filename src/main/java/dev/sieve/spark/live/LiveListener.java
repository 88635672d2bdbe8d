package dev.sieve.spark.live;

import dev.sieve.spark.store.Machine;
import dev.sieve.training.TrainingListener;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells the driver of a group's rows, at most a few times a second, and gives up on a channel that
 * does not take them. Costs the training a comparison a row.
 */
public final class LiveListener implements TrainingListener {
  private static final long EVERY_NANOS = 300_000_000;

  private final TrainingListener next;
  private final Predicate<LiveGroup> channel;
  private final TrialGroup group;
  private final String job;
  private final String host;
  private final long start = System.nanoTime();
  private final Map<Trial, EpochMetrics> last = new HashMap<>();
  private int firstEpoch = -1;
  private long sent = start - EVERY_NANOS;
  private boolean open = true;

  /**
   * @param next hears of everything too
   * @param channel takes a message, or says that it cannot
   */
  public LiveListener(
      TrainingListener next, Predicate<LiveGroup> channel, TrialGroup group, String job) {
    this.next = next;
    this.channel = channel;
    this.group = group;
    this.job = job;
    this.host = Machine.host();
  }

  @Override
  public void row(Trial trial, EpochMetrics row) {
    next.row(trial, row);
    if (!open) {
      return;
    }
    if (firstEpoch < 0) {
      firstEpoch = row.epoch();
    }
    last.put(trial, row);
    long now = System.nanoTime();
    if (now - sent >= EVERY_NANOS) {
      sent = now;
      open = channel.test(state(row.epoch(), (now - start) / 1e9));
    }
  }

  private LiveGroup state(int epoch, double seconds) {
    double best = 0;
    for (EpochMetrics row : last.values()) {
      best = Math.max(best, row.validation().accuracy());
    }
    int trials = last.size();
    return new LiveGroup(
        job,
        host,
        group.first().ordinal(),
        trials,
        epoch,
        (int) group.first().settings().epochs(),
        best,
        trials * (epoch - firstEpoch) / Math.max(1e-3, seconds));
  }

  @Override
  public boolean stopRequested() {
    return next.stopRequested();
  }

  /** To whoever watches the driver, not only into an executor's log. */
  @Override
  public void warn(String line) {
    if (!LivePlugin.warn(job, line)) {
      next.warn(line);
    }
  }
}
