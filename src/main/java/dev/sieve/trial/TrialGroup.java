package dev.sieve.trial;

import dev.sieve.network.NetworkSpec;
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

  /**
   * Numbers that its training holds beside the images, roughly: parameters, gradients and the
   * optimiser's state of each network, its activations of a batch and their gradients, and the
   * batch.
   */
  public long numbers() {
    TrialSettings settings = first().settings();
    NetworkSpec network = settings.network();
    long batch = settings.training().batchSize();
    long parameters = 0;
    long widths = 0;
    for (int layer = 0; layer < network.layers(); layer++) {
      // Weights and biases; scale, shift and the two statistics.
      parameters += (network.fanIn(layer) + 5L) * network.fanOut(layer);
      widths += network.fanOut(layer);
    }
    Optimiser optimiser = settings.training().optimiser();
    int states =
        optimiser instanceof Optimiser.Adam ? 2 : optimiser instanceof Optimiser.Momentum ? 1 : 0;
    long one = (2 + states) * parameters + 3 * batch * widths;
    return batch * network.inputs() + size() * one;
  }

  public Trial first() {
    return trials.get(0);
  }

  public int size() {
    return trials.size();
  }
}
