package dev.sieve.trial;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  /** Steps at which a cycle of the rate ends, the last the budget; empty where it has no cycles. */
  default List<Long> cycleEnds(long stepsPerEpoch) {
    return List.of();
  }

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
   *
   * @param halfCycle n_s of the first cycle, steps
   * @param growth each half-cycle is the one before × growth, rounded to whole steps (as the
   *     periods of SGDR, Loshchilov & Hutter 2017)
   */
  record Cyclical(double etaMin, double eta, int halfCycle, int cycles, double growth)
      implements Schedule {
    public Cyclical {
      requireRange(etaMin, eta);
      requireCount("training.schedule.half-cycle", halfCycle);
      requireCount("training.schedule.cycles", cycles);
      if (!(growth >= 1)) {
        throw new IllegalArgumentException(
            "training.schedule.cycle-growth >= 1 must hold, but got " + growth);
      }
      double last = halfCycle * StrictMath.pow(growth, cycles - 1);
      if (!(last <= Integer.MAX_VALUE)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "a half-cycle <= %s steps must hold, but half-cycle = %s, cycles = %s and cycle-growth = %s make the last %.3g",
                Integer.MAX_VALUE,
                halfCycle,
                cycles,
                growth,
                last));
      }
    }

    /** Cycles of one length. */
    public Cyclical(double etaMin, double eta, int halfCycle, int cycles) {
      this(etaMin, eta, halfCycle, cycles, 1);
    }

    @Override
    public double at(long step, long stepsPerEpoch) {
      if (growth == 1) {
        return triangle(etaMin, eta, step % (2L * halfCycle), 2L * halfCycle);
      }
      return inCycle(etaMin, eta, step, cycleEnds(stepsPerEpoch));
    }

    @Override
    public long steps(long stepsPerEpoch) {
      List<Long> ends = cycleEnds(stepsPerEpoch);
      return ends.get(ends.size() - 1);
    }

    @Override
    public List<Long> cycleEnds(long stepsPerEpoch) {
      List<Long> ends = new ArrayList<>();
      long end = 0;
      for (int cycle = 0; cycle < cycles; cycle++) {
        end += 2 * StrictMath.round(halfCycle * StrictMath.pow(growth, cycle));
        ends.add(end);
      }
      return ends;
    }
  }

  /**
   * As {@link Cyclical}, each cycle with a length of its own.
   *
   * @param epochs lengths of the cycles; the rate is highest in the middle of each
   */
  record CyclesOf(double etaMin, double eta, List<Integer> epochs) implements Schedule {
    public CyclesOf {
      epochs = List.copyOf(epochs);
      requireRange(etaMin, eta);
      requireCount("the number of training.schedule.cycles", epochs.size());
      epochs.forEach(length -> requireCount("a length in training.schedule.cycles", length));
    }

    @Override
    public double at(long step, long stepsPerEpoch) {
      return inCycle(etaMin, eta, step, cycleEnds(stepsPerEpoch));
    }

    @Override
    public long steps(long stepsPerEpoch) {
      return epochs.stream().mapToLong(Integer::longValue).sum() * stepsPerEpoch;
    }

    @Override
    public List<Long> cycleEnds(long stepsPerEpoch) {
      List<Long> ends = new ArrayList<>();
      long end = 0;
      for (int length : epochs) {
        end += length * stepsPerEpoch;
        ends.add(end);
      }
      return ends;
    }
  }

  /** η of a step of cycles with these ends; a step beyond the budget is one of the last cycle's. */
  private static double inCycle(double etaMin, double eta, long step, List<Long> ends) {
    int cycle = 0;
    while (cycle < ends.size() - 1 && step >= ends.get(cycle)) {
      cycle++;
    }
    long start = cycle == 0 ? 0 : ends.get(cycle - 1);
    long length = ends.get(cycle) - start;
    return triangle(etaMin, eta, (step - start) % length, length);
  }

  /** η after {@code within} steps of a cycle: η_min at its ends, η in its middle. */
  private static double triangle(double etaMin, double eta, long within, long length) {
    double half = length / 2.0;
    double fromLow = within <= half ? within : length - within;
    return etaMin + (eta - etaMin) * (fromLow / half);
  }

  private static void requireRange(double etaMin, double eta) {
    requireRate("training.schedule.eta-min", etaMin);
    requireRate("training.schedule.eta", eta);
    if (etaMin > eta) {
      throw new IllegalArgumentException(
          "training.schedule.eta-min <= training.schedule.eta must hold, but got %s and %s"
              .formatted(etaMin, eta));
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
