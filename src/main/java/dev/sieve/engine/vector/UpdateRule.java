package dev.sieve.engine.vector;

import dev.sieve.kernel.Blocks;
import dev.sieve.kernel.ColumnRates;
import dev.sieve.kernel.Kernels;
import dev.sieve.kernel.Updates;
import dev.sieve.trial.Optimiser;

/** How parameters move along their gradients. One instance a session, for all its networks. */
interface UpdateRule {
  /** Values that it keeps for each parameter. */
  int states();

  /** Begins the step with number {@code step}, counted from 1. */
  default void begin(long step) {}

  /** What η becomes in {@link ColumnRates#rate()}, after {@link #begin}. */
  default float rate(double eta) {
    return (float) eta;
  }

  /**
   * Updates W along Xᵀ·G + 2λW.
   *
   * @param column of {@code rates}, W's first
   */
  void weights(
      Blocks x,
      int xBlock,
      Blocks g,
      int gBlock,
      int n,
      TrainedPanels w,
      ColumnRates rates,
      int column);

  /** Updates a parameter with one value a column along its gradient. */
  void columns(TrainedColumns parameter, ColumnRates rates);

  static UpdateRule of(Optimiser optimiser, Kernels kernels) {
    if (optimiser instanceof Optimiser.Momentum settings) {
      return new Momentum(new Updates(kernels), (float) settings.momentum());
    }
    if (optimiser instanceof Optimiser.Adam settings) {
      return new Adam(new Updates(kernels), settings);
    }
    return new Sgd(new Updates(kernels));
  }

  /** W ← W − η·g. */
  record Sgd(Updates updates) implements UpdateRule {
    @Override
    public int states() {
      return 0;
    }

    @Override
    public void weights(
        Blocks x,
        int xBlock,
        Blocks g,
        int gBlock,
        int n,
        TrainedPanels w,
        ColumnRates rates,
        int column) {
      updates.sgd(x, xBlock, g, gBlock, n, w.value(), rates, column);
    }

    @Override
    public void columns(TrainedColumns parameter, ColumnRates rates) {
      updates.sgd(parameter.gradient(), parameter.value(), rates);
    }
  }

  /** v ← m·v + η·g, W ← W − v. */
  record Momentum(Updates updates, float momentum) implements UpdateRule {
    @Override
    public int states() {
      return 1;
    }

    @Override
    public void weights(
        Blocks x,
        int xBlock,
        Blocks g,
        int gBlock,
        int n,
        TrainedPanels w,
        ColumnRates rates,
        int column) {
      updates.momentum(x, xBlock, g, gBlock, n, w.value(), rates, column, w.state()[0], momentum);
    }

    @Override
    public void columns(TrainedColumns parameter, ColumnRates rates) {
      updates.momentum(
          parameter.gradient(), parameter.value(), rates, parameter.state()[0], momentum);
    }
  }

  /** The gradients themselves, λ's part left out, as the only state; nothing moves. */
  record GradientsOnly(Kernels kernels) implements UpdateRule {
    @Override
    public int states() {
      return 1;
    }

    @Override
    public void weights(
        Blocks x,
        int xBlock,
        Blocks g,
        int gBlock,
        int n,
        TrainedPanels w,
        ColumnRates rates,
        int column) {
      kernels.gradient(x, xBlock, g, gBlock, n, w.state()[0]);
    }

    @Override
    public void columns(TrainedColumns parameter, ColumnRates rates) {
      float[] kept = parameter.state()[0];
      System.arraycopy(parameter.gradient(), 0, kept, 0, kept.length);
    }
  }
}
