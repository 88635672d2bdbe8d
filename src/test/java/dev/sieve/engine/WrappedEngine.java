package dev.sieve.engine;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.reference.ReferenceEngine;
import dev.sieve.network.Parameters;
import dev.sieve.trial.TrialGroup;
import java.util.List;

/** An engine, by default the reference, with sessions that a test may change in places. */
public abstract class WrappedEngine implements Engine {
  private final Engine engine;

  public WrappedEngine() {
    this(new ReferenceEngine());
  }

  public WrappedEngine(Engine engine) {
    this.engine = engine;
  }

  /** The session that the test sees in place of {@code session}. */
  protected abstract EngineSession wrap(
      EngineSession session, TrialGroup group, Standardiser standardiser);

  @Override
  public final String type() {
    return engine.type();
  }

  @Override
  public final String provider() {
    return engine.provider();
  }

  @Override
  public final int vectorBits() {
    return engine.vectorBits();
  }

  @Override
  public final EngineSession open(TrialGroup group, Standardiser standardiser) {
    return wrap(engine.open(group, standardiser), group, standardiser);
  }

  /** Hands everything on. */
  public static class Session implements EngineSession {
    private final EngineSession session;

    public Session(EngineSession session) {
      this.session = session;
    }

    @Override
    public int size() {
      return session.size();
    }

    @Override
    public void step(Batch batch, double[] eta, MetricAccumulator[] tallies) {
      session.step(batch, eta, tallies);
    }

    @Override
    public void evaluate(Batch batch, MetricAccumulator[] tallies) {
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
      return session.gradients(network, batch);
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
