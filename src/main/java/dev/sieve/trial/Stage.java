package dev.sieve.trial;

import java.io.Serializable;

/**
 * The part of a trial's steps that one rung of halving trains; without rungs the whole.
 *
 * @param rung 0-based; a trial may begin at a later one, as those of Hyperband's later brackets do
 * @param from steps taken before; 0 where the trial begins
 * @param to steps taken after; equal to the budget's on the last rung
 */
public record Stage(int rung, long from, long to) implements Serializable {
  public Stage {
    if (rung < 0 || from < 0 || from >= to || (rung == 0 && from > 0)) {
      throw new IllegalArgumentException(
          "rung >= 0, 0 <= from < to, and from = 0 on the first rung, must hold, but got"
              + " rung=%s, from=%s, to=%s".formatted(rung, from, to));
    }
  }

  /** Epochs that it trains, one that has begun counted whole. */
  public long epochs(long stepsPerEpoch) {
    return epochs(from, to, stepsPerEpoch);
  }

  /** Epochs between two steps, one that has begun counted whole. */
  public static long epochs(long from, long to, long stepsPerEpoch) {
    return Math.floorDiv(from, -stepsPerEpoch) - Math.floorDiv(to, -stepsPerEpoch);
  }

  /** All steps in one. */
  public static Stage whole(long steps) {
    return new Stage(0, 0, steps);
  }
}
