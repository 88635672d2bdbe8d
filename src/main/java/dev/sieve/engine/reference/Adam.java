package dev.sieve.engine.reference;

import dev.sieve.trial.Optimiser;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Kingma & Ba 2015, algorithm 1: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², m̂ = m/(1−β₁ᵗ), v̂ =
 * v/(1−β₂ᵗ), W ← W − η·m̂/(√v̂ + ε).
 */
final class Adam implements UpdateRule {
  private final Optimiser.Adam settings;
  private final DMatrixRMaj first = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj second = new DMatrixRMaj(0, 0);
  private long steps;

  Adam(Optimiser.Adam settings) {
    this.settings = settings;
  }

  @Override
  public void update(Parameter parameter, double eta) {
    DMatrixRMaj value = parameter.value();
    state(parameter);
    steps++;
    double beta1 = settings.beta1();
    double beta2 = settings.beta2();
    double correction1 = 1 - StrictMath.pow(beta1, steps);
    double correction2 = 1 - StrictMath.pow(beta2, steps);
    for (int i = 0; i < value.getNumElements(); i++) {
      double g = parameter.gradient().data[i];
      first.data[i] = beta1 * first.data[i] + (1 - beta1) * g;
      second.data[i] = beta2 * second.data[i] + (1 - beta2) * g * g;
      double root = Math.sqrt(second.data[i] / correction2);
      value.data[i] -= eta * (first.data[i] / correction1) / (root + settings.epsilon());
    }
  }

  @Override
  public List<DMatrixRMaj> state(Parameter parameter) {
    // A first reshape zeroes; later ones change nothing.
    first.reshape(parameter.value().numRows, parameter.value().numCols);
    second.reshape(parameter.value().numRows, parameter.value().numCols);
    return List.of(first, second);
  }

  @Override
  public void resume(long taken) {
    steps = taken;
  }
}
