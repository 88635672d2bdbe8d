package dev.sieve.trial;

import java.io.Serializable;

/**
 * The learning rate at each step, and with it the budget: how many steps a trial takes. Steps count
 * from 0; η(step) is defined by the full budget, whatever rung a trial stops at.
 */
public sealed interface Schedule extends Serializable {
  /** The rate that an axis {@code eta} sets: constant, initial or highest. */
  double eta();

  /** η of step {@code step}, 0-based, with {@code stepsPerEpoch} steps an epoch. */
  double at(long step, long stepsPerEpoch);

  /** Steps of the whole budget. */
  long steps(long stepsPerEpoch);

  /** η for {@code epochs} epochs. */
  record Constant(double eta, int epochs) implements Schedule {
    public Constant {
      requireRate("training.schedule.eta", eta);
      requireCount("training.schedule.epochs", epochs);
    }

    @Override
    public double at(long step, long stepsPerEpoch) {
      return eta;
    }

    @Override
    public long steps(long stepsPerEpoch) {
      return epochs * stepsPerEpoch;
    }
  }

  /** η·d^epoch, epoch counted from 0. */
  record Decay(double eta, double decay, int epochs) implements Schedule {
    public Decay {
      requireRate("training.schedule.eta", eta);
      requireCount("training.schedule.epochs", epochs);
      if (!(decay > 0 && decay <= 1)) {
        throw new IllegalArgumentException(
            "0 < training.schedule.decay <= 1 must hold, but got " + decay);
      }
    }

    @Override
    public double at(long step, long stepsPerEpoch) {
      return eta * StrictMath.pow(decay, step / stepsPerEpoch);
    }

    @Override
    public long steps(long stepsPerEpoch) {
      return epochs * stepsPerEpoch;
    }
  }

  /**
   * Triangular between η_min and η (Smith 2017): up over a half-cycle of n_s steps, down over the
   * next, {@code cycles} times.
   */
  record Cyclical(double etaMin, double eta, int halfCycle, int cycles) implements Schedule {
    public Cyclical {
      requireRate("training.schedule.eta-min", etaMin);
      requireRate("training.schedule.eta", eta);
      requireCount("training.schedule.half-cycle", halfCycle);
      requireCount("training.schedule.cycles", cycles);
      if (etaMin > eta) {
        throw new IllegalArgumentException(
            "training.schedule.eta-min <= training.schedule.eta must hold, but got %s and %s"
                .formatted(etaMin, eta));
      }
    }

    @Override
    public double at(long step, long stepsPerEpoch) {
      long within = step % (2L * halfCycle);
      long fromLow = within <= halfCycle ? within : 2L * halfCycle - within;
      return etaMin + (eta - etaMin) * ((double) fromLow / halfCycle);
    }

    @Override
    public long steps(long stepsPerEpoch) {
      return 2L * halfCycle * cycles;
    }
  }

  private static void requireRate(String path, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(path + " > 0 must hold, but got " + value);
    }
  }

  private static void requireCount(String path, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(path + " >= 1 must hold, but got " + value);
    }
  }
}
