package dev.sieve.trial;

import java.io.Serializable;

/** An update rule with its own settings; the rate comes from the {@link Schedule}. */
public sealed interface Optimiser extends Serializable {
  /** W ← W − η·g. */
  record Sgd() implements Optimiser {}

  /** v ← m·v + η·g, W ← W − v. */
  record Momentum(double momentum) implements Optimiser {
    public Momentum {
      requireFraction("training.optimiser.momentum", momentum);
    }
  }

  /** Kingma & Ba 2015, algorithm 1, with bias correction. */
  record Adam(double beta1, double beta2, double epsilon) implements Optimiser {
    public Adam {
      requireFraction("training.optimiser.beta1", beta1);
      requireFraction("training.optimiser.beta2", beta2);
      if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
        throw new IllegalArgumentException(
            "training.optimiser.epsilon > 0 must hold, but got " + epsilon);
      }
    }
  }

  private static void requireFraction(String path, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("0 <= " + path + " < 1 must hold, but got " + value);
    }
  }
}
