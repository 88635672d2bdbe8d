package dev.sieve.engine.reference;

import dev.sieve.trial.Optimiser;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** How one parameter moves along its gradient; holds that parameter's state. */
interface UpdateRule {
  /**
   * One step.
   *
   * @param parameter the same at every call; its value is modified
   */
  void update(Parameter parameter, double eta);

  /** What is kept of the parameter's past, in matrices of its shape: the live ones. */
  default List<DMatrixRMaj> state(Parameter parameter) {
    return List.of();
  }

  /** Goes on after so many steps; the {@link #state} is set by itself. */
  default void resume(long steps) {}

  /** A new rule, its state empty. */
  static UpdateRule of(Optimiser optimiser) {
    if (optimiser instanceof Optimiser.Momentum settings) {
      return new Momentum(settings.momentum());
    }
    if (optimiser instanceof Optimiser.Adam settings) {
      return new Adam(settings);
    }
    return new Sgd();
  }
}
