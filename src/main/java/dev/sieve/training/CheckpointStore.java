package dev.sieve.training;

import dev.sieve.trial.TrialKey;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where the states of trials lie, one between two rungs and one within a stage for each key. Used
 * by one training thread; others may use the same store.
 */
public interface CheckpointStore {
  /** What was written for a key last, or null where there is nothing. */
  byte @Nullable [] read(TrialKey key) throws IOException;

  /** Writes for a key, whole or not at all; again with the same content where a task is retried. */
  void write(TrialKey key, byte[] content) throws IOException;

  /** What was kept last of a trial within its stage, or null where there is nothing. */
  default byte @Nullable [] readProgress(TrialKey key) throws IOException {
    return null;
  }

  /** Keeps how far a trial is within its stage, in place of what was kept before, in one step. */
  default void writeProgress(TrialKey key, byte[] content) throws IOException {}

  /** For trials that train all their steps at once. */
  static CheckpointStore none() {
    return new CheckpointStore() {
      @Override
      public byte @Nullable [] read(TrialKey key) {
        return null;
      }

      @Override
      public void write(TrialKey key, byte[] content) {
        throw new IllegalStateException("a trial that pauses must have a place for its checkpoint");
      }
    };
  }
}
