package dev.sieve.training;

import dev.sieve.trial.TrialKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checkpoints as a map. */
final class MemoryCheckpoints implements CheckpointStore {
  final Map<TrialKey, byte[]> files = new HashMap<>();

  @Override
  public byte @Nullable [] read(TrialKey key) {
    return files.get(key);
  }

  @Override
  public void write(TrialKey key, byte[] content) {
    files.put(key, content);
  }
}
