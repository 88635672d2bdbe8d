package dev.sieve.training;

import dev.sieve.trial.TrialKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checkpoints as a map. */
class MemoryCheckpoints implements CheckpointStore {
  final Map<TrialKey, byte[]> files = new HashMap<>();
  final Map<TrialKey, byte[]> progress = new HashMap<>();

  @Override
  public byte @Nullable [] read(TrialKey key) {
    return files.get(key);
  }

  @Override
  public void write(TrialKey key, byte[] content) {
    files.put(key, content);
  }

  @Override
  public byte @Nullable [] readProgress(TrialKey key) {
    return progress.get(key);
  }

  @Override
  public void writeProgress(TrialKey key, byte[] content) throws IOException {
    progress.put(key, content);
  }
}
