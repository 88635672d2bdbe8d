package dev.sieve.search.results;

import dev.sieve.random.Sha256;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a phase will run, decided before the first trial is submitted; where the phase adapts
 * to outcomes, everything decided so far.
 *
 * @param trials in ordinal order
 * @param undecided how many more there will be, as far as is known; 0 unless the phase adapts
 * @param workAhead work of these
 * @param identity what may not change once the phase has begun: a text for each setting by its name
 * @param box the box or picks that a fine or final phase comes from, with the parents' trials, as
 *     text; empty for coarse
 */
public record PhasePlan(
    String study,
    Phase phase,
    int level,
    List<Trial> trials,
    int undecided,
    double workAhead,
    SortedMap<String, String> identity,
    String box) {
  /**
   * What lines begin with that tell a person which part of the data changed. Fingerprints decide
   * whether they did, so the plan hash is not over these lines, and plans that lack them are the
   * same.
   */
  public static final String DATA_PART = "data.part.";

  public PhasePlan {
    trials = List.copyOf(trials);
    identity = Collections.unmodifiableSortedMap(new TreeMap<>(identity));
  }

  /** A plan that is known whole. */
  public PhasePlan(
      String study,
      Phase phase,
      int level,
      List<Trial> trials,
      SortedMap<String, String> identity,
      String box) {
    this(study, phase, level, trials, 0, 0, identity, box);
  }

  /** {@code coarse}, {@code fine level 2}. */
  public String name() {
    return PhaseRow.name(phase, level);
  }

  /** The same with some of its trials alone. */
  public PhasePlan of(List<Trial> some) {
    return new PhasePlan(study, phase, level, some, identity, box);
  }

  /** Trials that there will be, as far as is known. */
  public int size() {
    return trials.size() + undecided;
  }

  /** Work of all of them. */
  public double work() {
    return workAhead + trials.stream().mapToDouble(Trial::work).sum();
  }

  /**
   * The plan hash: the first 16 hex digits of SHA-256 over the identity's decisive lines {@code
   * name=text}.
   */
  public String hash() {
    StringBuilder text = new StringBuilder();
    decisive(identity)
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return Sha256.hex(text.toString(), 16);
  }

  /** An identity without the lines that only tell. */
  static SortedMap<String, String> decisive(Map<String, String> identity) {
    SortedMap<String, String> decisive = new TreeMap<>(identity);
    decisive.keySet().removeIf(PhasePlan::isDataPart);
    return decisive;
  }

  static boolean isDataPart(String name) {
    return name.startsWith(DATA_PART);
  }
}
