package dev.sieve.training;

import dev.sieve.trial.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes where trials stopped. */
final class Pausing {
  private final String engineType;
  private final CheckpointStore store;

  Pausing(String engineType, CheckpointStore store) {
    this.engineType = engineType;
    this.store = store;
  }

  void write(Trial trial, TrialState state) {
    byte[] content = new CheckpointFile(trial, engineType, trial.stage().to()).bytes(state);
    try {
      store.write(trial.key(), content);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "a trial that pauses must leave a checkpoint, but that of %s cannot be written (%s): make results.dir writable on all executors, or free space"
              .formatted(trial.key(), e.getMessage()),
          e);
    }
  }
}
