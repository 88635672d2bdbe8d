package dev.sieve.training;

import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Trial;
import java.util.ArrayList;
import java.util.List;

/** Keeps the rows it hears of, and asks to stop once it has been asked so often. */
final class Recorder implements TrainingListener {
  final List<EpochMetrics> rows = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  private final long stopAfter;
  private long asked;

  Recorder() {
    this(Long.MAX_VALUE);
  }

  Recorder(long stopAfter) {
    this.stopAfter = stopAfter;
  }

  @Override
  public void row(Trial trial, EpochMetrics row) {
    rows.add(row);
  }

  @Override
  public boolean stopRequested() {
    return asked++ >= stopAfter;
  }

  @Override
  public void warn(String line) {
    warnings.add(line);
  }

  long asked() {
    return asked;
  }
}
