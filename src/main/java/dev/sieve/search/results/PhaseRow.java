package dev.sieve.search.results;

import dev.sieve.trial.Phase;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row of {@code studies}: what is known of a phase.
 *
 * @param plan {@link PhasePlan#hash()}
 * @param identity {@link PhasePlan#identity()}, for the diff that a refusal shows
 * @param trials number of planned trials
 * @param cut why the phase ended before all its trials had run: always where {@code CUT}, and where
 *     {@code DONE} if a budget of trials, epochs or accuracy ended it; else empty
 * @param box {@link PhasePlan#box()}
 * @param text the effective configuration
 */
public record PhaseRow(
    String study,
    Phase phase,
    int level,
    String plan,
    SortedMap<String, String> identity,
    int trials,
    State state,
    String cut,
    String box,
    String text) {
  /** How far a phase is. */
  public enum State {
    RUNNING,
    DONE,
    CUT
  }

  public PhaseRow {
    identity = Collections.unmodifiableSortedMap(new TreeMap<>(identity));
  }

  /** {@code coarse}, {@code fine level 2}. */
  public String name() {
    return name(phase, level);
  }

  /** The same of any phase. */
  public static String name(Phase phase, int level) {
    return phase == Phase.FINE ? "fine level " + level : phase.label();
  }
}
