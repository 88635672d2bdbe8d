package dev.sieve.search;

import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Trials that stand within their stage.
 *
 * @param steps taken by each, the stages' before included
 */
record Kept(Map<Trial, Long> steps) {
  static final Kept NONE = new Kept(Map.of());

  /** Those of some trials that have been begun. */
  static Kept of(TrialExecutor executor, Collection<Trial> trials) {
    Map<TrialKey, Long> found = executor.kept(trials);
    Map<Trial, Long> steps = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Long taken = found.get(trial.key());
      if (taken != null) {
        steps.put(trial, taken);
      }
    }
    return new Kept(steps);
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  Map<TrialKey, Long> byKey() {
    Map<TrialKey, Long> keys = new HashMap<>();
    steps.forEach((trial, taken) -> keys.put(trial.key(), taken));
    return keys;
  }

  /** For people: how much of the begun stages is there. */
  @Override
  public String toString() {
    double there = 0;
    double whole = 0;
    for (Map.Entry<Trial, Long> entry : steps.entrySet()) {
      Trial trial = entry.getKey();
      double stepsPerEpoch = trial.settings().stepsPerEpoch();
      there += (entry.getValue() - trial.stage().from()) / stepsPerEpoch;
      whole += (trial.stage().to() - trial.stage().from()) / stepsPerEpoch;
    }
    return String.format(
        Locale.ROOT,
        "%.1f of the %.1f epochs of %d %s",
        // A sum of fractions may fall short of what is whole.
        Math.floor(10 * there + 1e-6) / 10,
        whole,
        steps.size(),
        steps.size() == 1 ? "trial that has begun" : "trials that have begun");
  }
}
