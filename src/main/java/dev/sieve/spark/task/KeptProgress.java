package dev.sieve.spark.task;

import dev.sieve.trial.Phase;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * What the driver knows of the checkpoints that trials leave: which there are of unfinished stages,
 * and which nobody needs any more. Nothing here ends a study: a checkpoint saves time and no more.
 */
final class KeptProgress {
  private final CheckpointFolder checkpoints;
  private final GroupTrainer training;
  private final Consumer<String> note;
  private final Map<TrialKey, Long> steps = new ConcurrentHashMap<>();
  private final Set<TrialKey> settled = new HashSet<>();

  /**
   * @param note takes lines that a user should see
   */
  KeptProgress(CheckpointFolder checkpoints, GroupTrainer training, Consumer<String> note) {
    this.checkpoints = checkpoints;
    this.training = training;
    this.note = note;
  }

  /** The steps that trials have taken within their stages, where something was kept. */
  Map<TrialKey, Long> of(Collection<Trial> trials) {
    try {
      Map<TrialKey, Long> found = training.kept(trials);
      steps.putAll(found);
      return found;
    } catch (IOException e) {
      note.accept(
          "what earlier runs kept of trials within their stages cannot be looked for (%s): they may be trained from the start"
              .formatted(e));
      return Map.of();
    }
  }

  /** Steps that a trial has taken before it is submitted. */
  long taken(Trial trial) {
    return steps.getOrDefault(trial.key(), trial.stage().from());
  }

  /** Only where something may be: to ask for a file costs a message to a file system's server. */
  void settled(Collection<TrialOutcome> outcomes) {
    Duration every = training.every();
    try {
      for (TrialOutcome outcome : outcomes) {
        RunInfo run = outcome.run();
        boolean written =
            run.attempt() > 0 || (every != null && run.seconds() * 1e3 >= every.toMillis());
        boolean here = steps.remove(outcome.trial().key()) != null;
        if (outcome.result().status() == Status.LOST) {
          continue;
        }
        settled.add(outcome.trial().key());
        if (written || here) {
          checkpoints.removeProgress(outcome.trial().key());
        }
      }
    } catch (IOException e) {
      stays(e);
    }
  }

  /** Removes what an attempt left behind that went on after its trial's row was written. */
  void sweep() {
    try {
      checkpoints.removeProgress(settled);
    } catch (IOException e) {
      stays(e);
    }
  }

  void forget(Collection<TrialKey> keys) {
    try {
      for (TrialKey key : keys) {
        checkpoints.remove(key);
      }
    } catch (IOException e) {
      stays(e);
    }
  }

  void forgetAllBut(String study, Phase phase, int level, Collection<Trial> trials) {
    try {
      checkpoints.removeProgressBut(study, phase, level, trials.stream().map(Trial::key).toList());
    } catch (IOException e) {
      stays(e);
    }
  }

  /** They are in the way of nothing but space. */
  private static void stays(IOException e) {
    LoggerFactory.getLogger(KeptProgress.class)
        .warn("checkpoints that are not needed any more stay in results.dir: {}", e.toString());
  }
}
