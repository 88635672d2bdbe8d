package dev.sieve.kernel;

/**
 * One step of Adam (Kingma & Ba 2015, algorithm 1): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w −
 * (η/(1−β₁ᵗ))·m / (√(v/(1−β₂ᵗ)) + ε). The correction of the first moment belongs to the rate that
 * goes with it.
 *
 * @param correction2 1/(1−β₂ᵗ)
 */
public record AdamStep(
    float beta1, float rest1, float beta2, float rest2, float correction2, float epsilon) {
  /** The step with number {@code t}, counted from 1. */
  public static AdamStep of(double beta1, double beta2, double epsilon, long t) {
    return new AdamStep(
        (float) beta1,
        (float) (1 - beta1),
        (float) beta2,
        (float) (1 - beta2),
        (float) (1 / (1 - StrictMath.pow(beta2, t))),
        (float) epsilon);
  }
}
