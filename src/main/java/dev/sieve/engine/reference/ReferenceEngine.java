package dev.sieve.engine.reference;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.Engine;
import dev.sieve.engine.EngineSession;
import dev.sieve.trial.TrialGroup;

/** EJML's own operations in double precision, one network after the other. */
public final class ReferenceEngine implements Engine {
  @Override
  public String type() {
    return "reference";
  }

  @Override
  public String provider() {
    return "ejml";
  }

  @Override
  public int vectorBits() {
    return 0;
  }

  @Override
  public EngineSession open(TrialGroup group, Standardiser standardiser) {
    int inputs = group.first().settings().network().inputs();
    if (standardiser.inputs() != inputs) {
      throw new IllegalArgumentException(
          "the standardiser's inputs must be the network's, but got %s and %s"
              .formatted(standardiser.inputs(), inputs));
    }
    return new ReferenceSession(group, standardiser);
  }
}
