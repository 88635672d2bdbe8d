package dev.sieve.training.gradient;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.FormulaGradients;
import dev.sieve.engine.FormulaGradients.Mistake;
import dev.sieve.engine.WrappedEngine;
import dev.sieve.network.Parameters;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialSettings;

/** The reference engine, but its gradients are those of the formulas with one mistake. */
final class MistakenEngine extends WrappedEngine {
  private final Mistake mistake;

  MistakenEngine(Mistake mistake) {
    this.mistake = mistake;
  }

  @Override
  protected EngineSession wrap(EngineSession session, TrialGroup group, Standardiser standardiser) {
    TrialSettings settings = group.first().settings();
    FormulaGradients formulas =
        new FormulaGradients(settings.network(), settings.training().lambda(), mistake);
    return new Session(session) {
      @Override
      public Parameters gradients(int network, Batch batch) {
        return formulas.of(parameters(network), batch, standardiser);
      }
    };
  }
}
