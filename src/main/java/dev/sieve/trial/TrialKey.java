package dev.sieve.trial;

import java.io.Serializable;

/**
 * What names a row. A finished trial is found again by it, whatever its ordinal.
 *
 * @param level 0 for coarse and final, 1, 2 … for fine
 * @param configuration {@link Configuration#id()}
 * @param rung 0-based stage of halving; 0 without rungs
 */
public record TrialKey(
    String study, Phase phase, int level, String configuration, int replicate, int rung)
    implements Serializable {
  /** The same trial's key one rung below. */
  public TrialKey before() {
    return at(rung - 1);
  }

  /** The same trial's key at a rung. */
  public TrialKey at(int rung) {
    return new TrialKey(study, phase, level, configuration, replicate, rung);
  }
}
