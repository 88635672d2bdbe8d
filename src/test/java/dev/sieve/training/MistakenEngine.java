package dev.sieve.training;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.Engine;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.FormulaGradients;
import dev.sieve.engine.FormulaGradients.Mistake;
import dev.sieve.engine.Tally;
import dev.sieve.engine.reference.ReferenceEngine;
import dev.sieve.network.Parameters;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialSettings;
import java.util.List;

/** The reference engine, but its gradients are those of the formulas with one mistake. */
final class MistakenEngine implements Engine {
  private final ReferenceEngine engine = new ReferenceEngine();
  private final Mistake mistake;

  MistakenEngine(Mistake mistake) {
    this.mistake = mistake;
  }

  @Override
  public String type() {
    return "mistaken";
  }

  @Override
  public String provider() {
    return engine.provider();
  }

  @Override
  public int vectorBits() {
    return engine.vectorBits();
  }

  @Override
  public EngineSession open(TrialGroup group, Standardiser standardiser) {
    TrialSettings settings = group.first().settings();
    FormulaGradients formulas =
        new FormulaGradients(settings.network(), settings.training().lambda(), mistake);
    return new Session(engine.open(group, standardiser), formulas, standardiser);
  }

  private record Session(
      EngineSession session, FormulaGradients formulas, Standardiser standardiser)
      implements EngineSession {
    @Override
    public int size() {
      return session.size();
    }

    @Override
    public void step(Batch batch, double[] eta, Tally[] tallies) {
      session.step(batch, eta, tallies);
    }

    @Override
    public void evaluate(Batch batch, Tally[] tallies) {
      session.evaluate(batch, tallies);
    }

    @Override
    public void recomputeStatistics(List<Batch> batches) {
      session.recomputeStatistics(batches);
    }

    @Override
    public double squaredWeights(int network) {
      return session.squaredWeights(network);
    }

    @Override
    public Parameters parameters(int network) {
      return session.parameters(network);
    }

    @Override
    public Parameters gradients(int network, Batch batch) {
      return formulas.of(session.parameters(network), batch, standardiser);
    }

    @Override
    public Checkpoint save(int network) {
      return session.save(network);
    }

    @Override
    public void load(int network, Checkpoint checkpoint) {
      session.load(network, checkpoint);
    }

    @Override
    public void drop(int network) {
      session.drop(network);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
