package dev.sieve.engine.vector;

import dev.sieve.kernel.AdamStep;
import dev.sieve.kernel.Blocks;
import dev.sieve.kernel.ColumnRates;
import dev.sieve.kernel.Updates;
import dev.sieve.trial.Optimiser;

/** Kingma & Ba 2015, algorithm 1; the step's number is the session's. */
final class Adam implements UpdateRule {
  private final Updates updates;
  private final Optimiser.Adam settings;
  private double correction1 = 1;
  private AdamStep step;

  Adam(Updates updates, Optimiser.Adam settings) {
    this.updates = updates;
    this.settings = settings;
    this.step = AdamStep.of(settings.beta1(), settings.beta2(), settings.epsilon(), 1);
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public void begin(long number) {
    step = AdamStep.of(settings.beta1(), settings.beta2(), settings.epsilon(), number);
    correction1 = 1 / (1 - StrictMath.pow(settings.beta1(), number));
  }

  @Override
  public float rate(double eta) {
    return (float) (eta * correction1);
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
    updates.adam(
        x, xBlock, g, gBlock, n, w.value(), rates, column, w.state()[0], w.state()[1], step);
  }

  @Override
  public void columns(TrainedColumns parameter, ColumnRates rates) {
    updates.adam(
        parameter.gradient(),
        parameter.value(),
        rates,
        parameter.state()[0],
        parameter.state()[1],
        step);
  }
}
