package dev.sieve.engine.vector;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.Engine;
import dev.sieve.engine.EngineSession;
import dev.sieve.kernel.Kernels;
import dev.sieve.trial.TrialGroup;

/**
 * Single precision on the machine's vectors, the networks of a group side by side. A result's bits
 * depend neither on the group nor on the vector length, nor on whether there are vectors at all.
 */
public final class VectorEngine implements Engine {
  private final Kernels kernels;

  /** With the fastest kernels that this JVM has. */
  public VectorEngine() {
    this(Kernels.best());
  }

  VectorEngine(Kernels kernels) {
    this.kernels = kernels;
  }

  /** With the scalar twins. */
  static VectorEngine scalar() {
    return new VectorEngine(Kernels.scalar());
  }

  @Override
  public String type() {
    return "vector";
  }

  @Override
  public String provider() {
    return kernels.name();
  }

  @Override
  public int vectorBits() {
    return kernels.vectorBits();
  }

  @Override
  public EngineSession open(TrialGroup group, Standardiser standardiser) {
    int inputs = group.first().settings().network().inputs();
    if (standardiser.inputs() != inputs) {
      throw new IllegalArgumentException(
          "the standardiser's inputs must be the network's, but got %s and %s"
              .formatted(standardiser.inputs(), inputs));
    }
    return new VectorSession(kernels, group, standardiser);
  }
}
