package dev.sieve.trial;

import java.io.Serializable;
import java.util.List;

/**
 * Trials of one shape that train side by side on the same batches, in one task. Never visible in a
 * result.
 */
public record TrialGroup(List<Trial> trials) implements Serializable {
  public TrialGroup {
    trials = List.copyOf(trials);
    if (trials.isEmpty()) {
      throw new IllegalArgumentException("a group must have a trial");
    }
    Trial first = trials.get(0);
    for (Trial trial : trials) {
      if (!fusable(first, trial)) {
        throw new IllegalArgumentException(
            "trials of a group must share shape and batches, but got "
                + first.key()
                + " and "
                + trial.key());
      }
    }
  }

  /** Whether two trials may be in one group. */
  public static boolean fusable(Trial a, Trial b) {
    boolean sameOrder =
        !a.settings().training().perReplicateOrder() || a.replicate() == b.replicate();
    return sameOrder
        && a.seed() == b.seed()
        && a.stage().from() == b.stage().from()
        && a.stage().to() == b.stage().to()
        && a.settings().fusesWith(b.settings());
  }

  public Trial first() {
    return trials.get(0);
  }

  public int size() {
    return trials.size();
  }
}
