package dev.sieve.engine.reference;

import dev.sieve.trial.Optimiser;

/** How one parameter moves along its gradient; holds that parameter's state. */
interface UpdateRule {
  /**
   * One step.
   *
   * @param parameter the same at every call; its value is modified
   */
  void update(Parameter parameter, double eta);

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
