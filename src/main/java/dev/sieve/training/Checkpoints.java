package dev.sieve.training;

import dev.sieve.data.PreparedData;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the trials of a group stopped, and writes where they stop. A trial whose checkpoint
 * is not there, or cannot be read, trains its earlier steps once more: the same bits, later.
 */
final class Checkpoints {
  private final Trainer trainer;
  private final String engineType;
  private final CheckpointStore store;
  private final TrainingListener listener;

  Checkpoints(
      Trainer trainer, String engineType, CheckpointStore store, TrainingListener listener) {
    this.trainer = trainer;
    this.engineType = engineType;
    this.store = store;
    this.listener = listener;
  }

  /** Where trials of a group that go on begin: one state a trial, in their order. */
  List<TrialState> states(List<Trial> trials, PreparedData data) {
    List<@Nullable TrialState> found = new ArrayList<>();
    List<Trial> without = new ArrayList<>();
    for (Trial trial : trials) {
      TrialState state = read(trial);
      found.add(state);
      if (state == null) {
        without.add(trial);
      }
    }
    List<TrialState> again = without.isEmpty() ? List.of() : retrain(without, data);
    List<TrialState> states = new ArrayList<>();
    for (TrialState state : found) {
      states.add(state == null ? again.get(without.indexOf(trials.get(states.size()))) : state);
    }
    return states;
  }

  private @Nullable TrialState read(Trial trial) {
    TrialKey before = atRung(trial, trial.stage().rung() - 1);
    String problem;
    try {
      byte[] content = store.read(before);
      if (content != null) {
        return file(trial, trial.stage().from()).read(content);
      }
      problem = "it is not there";
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    listener.warn(
        "a trial goes on from the checkpoint of its rung before, but that of %s at rung %s cannot be used (%s): its first %s steps are trained once more, with the same result; keep results.dir where all executors see it"
            .formatted(trial.name(), before.rung(), problem, trial.stage().from()));
    return null;
  }

  void write(Trial trial, TrialState state) {
    byte[] content = file(trial, trial.stage().to()).bytes(state);
    try {
      store.write(trial.key(), content);
    } catch (IOException e) {
      throw new StorageException(
          "a trial that pauses must leave a checkpoint, but that of %s cannot be written (%s): make results.dir writable on all executors, or free space"
              .formatted(trial.name(), e.getMessage()),
          e);
    }
  }

  private CheckpointFile file(Trial trial, long steps) {
    return new CheckpointFile(trial, engineType, steps);
  }

  /** The steps up to this stage, as one stage: earlier rungs leave nothing else behind. */
  private List<TrialState> retrain(List<Trial> trials, PreparedData data) {
    Map<TrialKey, byte[]> written = new HashMap<>();
    CheckpointStore memory =
        new CheckpointStore() {
          @Override
          public byte @Nullable [] read(TrialKey key) {
            return written.get(key);
          }

          @Override
          public void write(TrialKey key, byte[] content) {
            written.put(key, content);
          }

          @Override
          public byte @Nullable [] readProgress(TrialKey key) throws IOException {
            return store.readProgress(key);
          }

          @Override
          public void writeProgress(TrialKey key, byte[] content) throws IOException {
            store.writeProgress(key, content);
          }
        };
    List<Trial> first = new ArrayList<>();
    for (Trial trial : trials) {
      first.add(
          new Trial(
              atRung(trial, 0),
              trial.ordinal(),
              trial.configuration(),
              trial.settings(),
              trial.seed(),
              new Stage(0, 0, trial.stage().from())));
    }
    trainer.train(new TrialGroup(first), data, new Silent(listener), memory);
    List<TrialState> states = new ArrayList<>();
    for (Trial trial : trials) {
      byte[] content = written.get(atRung(trial, 0));
      if (content == null) {
        throw new IllegalStateException(
            "a trial that goes on must not have diverged before, but %s did: do the results in the table come from another version or data set?"
                .formatted(trial.name()));
      }
      try {
        states.add(file(trial, trial.stage().from()).read(content));
      } catch (IOException e) {
        throw new IllegalStateException("a checkpoint just written must be readable", e);
      }
    }
    return states;
  }

  private static TrialKey atRung(Trial trial, int rung) {
    TrialKey key = trial.key();
    return new TrialKey(
        key.study(), key.phase(), key.level(), key.configuration(), key.replicate(), rung);
  }

  /** Rows of steps that are trained once more are in the table already. */
  private record Silent(TrainingListener listener) implements TrainingListener {
    @Override
    public void row(Trial trial, EpochMetrics row) {}

    @Override
    public boolean stopRequested() {
      return listener.stopRequested();
    }

    @Override
    public void warn(String line) {
      listener.warn(line);
    }
  }
}
