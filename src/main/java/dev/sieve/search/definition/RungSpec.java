package dev.sieve.search.definition;

import dev.sieve.search.space.Decimals;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the trials of a phase are compared, and how many go on from there.
 *
 * @param at epochs of the rungs before the last, which is the end of the budget; empty: the ends of
 *     the rate's cycles, or where it has none the budget divided by {@code reduction} again and
 *     again, down to one epoch
 * @param keep configurations that go on from each rung but the last; empty: one of {@code
 *     reduction}
 * @param reduction η of the papers, ≥ 2
 */
public record RungSpec(Type type, List<Integer> at, List<Integer> keep, int reduction) {
  /** How trials are stopped. */
  public enum Type {
    /** Successive halving (Jamieson & Talwalkar 2016): a rung is decided when all are there. */
    HALVING,
    /**
     * HalvingScheduler in brackets that begin at later and later rungs with fewer and fewer
     * configurations (Li et al. 2018).
     */
    HYPERBAND,
    /** Asynchronous halving (Li et al. 2020): whoever is among the best so far goes on. */
    ASHA;

    /** As files write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of a cycle: its beginning, in which the rate is low enough for networks to be compared. */
  private static final double LOW = 0.2;

  public RungSpec {
    at = List.copyOf(at);
    keep = List.copyOf(keep);
    if (reduction < 2) {
      throw new IllegalArgumentException("rungs.reduction >= 2 must hold, but got " + reduction);
    }
    requireOrder("rungs.at must increase", at, 1);
    requireOrder("rungs.keep must decrease", keep, -1);
  }

  private static void requireOrder(String rule, List<Integer> numbers, int sign) {
    for (int i = 1; i < numbers.size(); i++) {
      if (sign * Integer.compare(numbers.get(i), numbers.get(i - 1)) <= 0) {
        throw new IllegalArgumentException(rule + ", but got " + numbers);
      }
    }
  }

  /**
   * Steps after which a trial of these settings stands at each rung, the last its whole budget.
   *
   * @throws IllegalArgumentException if there are not at least two rungs within the budget, or not
   *     as many as {@code keep} says
   */
  public List<Long> steps(TrialSettings settings) {
    long perEpoch = settings.stepsPerEpoch();
    long budget = settings.steps();
    TreeSet<Long> steps = new TreeSet<>();
    if (!at.isEmpty()) {
      at.forEach(epochs -> steps.add(epochs * perEpoch));
    } else {
      steps.addAll(settings.training().schedule().cycleEnds(perEpoch));
      if (steps.isEmpty()) {
        for (long epochs = settings.epochs() / reduction; epochs >= 1; epochs /= reduction) {
          steps.add(epochs * perEpoch);
        }
      }
    }
    if (!steps.isEmpty() && steps.last() > budget) {
      throw new IllegalArgumentException(
          "rungs.at must lie within the budget of %s epochs, but got %s"
              .formatted(settings.epochs(), at));
    }
    steps.add(budget);
    if (steps.size() < 2) {
      throw new IllegalArgumentException(
          "rungs need a comparison before the end of the budget, but with rungs.at = %s there is none in %s epochs: name epochs as rungs.at = [2, 10], or let the schedule have several cycles"
              .formatted(at.isEmpty() ? "auto" : at, settings.epochs()));
    }
    if (!keep.isEmpty() && keep.size() != steps.size() - 1) {
      throw new IllegalArgumentException(
          "rungs.keep must say for each of the %s rungs before the last how many go on, but got %s"
              .formatted(steps.size() - 1, keep));
    }
    return List.copyOf(steps);
  }

  /** Configurations that go on from a rung of so many. */
  public int keep(int rung, int configurations) {
    int most = keep.isEmpty() ? configurations / reduction : keep.get(rung);
    return Math.min(configurations, Math.max(1, most));
  }

  /**
   * What to know of rungs in the middle of a cycle: there the rate is high and a network's figures
   * say little of what becomes of it when the rate is low again.
   */
  public List<String> warnings(String where, TrialSettings settings) {
    Schedule schedule = settings.training().schedule();
    double perEpoch = settings.stepsPerEpoch();
    List<Long> ends = schedule.cycleEnds(settings.stepsPerEpoch());
    List<String> warnings = new ArrayList<>();
    List<Long> steps = steps(settings);
    for (int rung = 0; rung < steps.size() - 1 && !ends.isEmpty(); rung++) {
      long step = steps.get(rung);
      long end = ends.stream().filter(e -> e >= step).findFirst().orElse(step);
      long start = ends.stream().filter(e -> e < step).reduce((a, b) -> b).orElse(0L);
      if (step != end && step - start > LOW * (end - start)) {
        warnings.add(
            "rung %s of %s, after %s epochs, lies inside a cycle of the rate (epochs %s to %s), where networks are misjudged: such rungs missed the best by 1.2 points of accuracy, rungs at the ends of cycles or in their first fifth by 0.1 to 0.4; move it there (%s.rungs.at)"
                .formatted(
                    rung,
                    where,
                    Decimals.brief(step / perEpoch),
                    Decimals.brief(start / perEpoch),
                    Decimals.brief(end / perEpoch),
                    where));
      }
    }
    return warnings;
  }

  /** Lines of a plan's identity. */
  public Map<String, String> identity() {
    Map<String, String> lines = new TreeMap<>();
    lines.put("rungs.type", type.label());
    lines.put("rungs.at", at.isEmpty() ? "auto" : at.toString());
    lines.put(
        keep.isEmpty() ? "rungs.reduction" : "rungs.keep",
        keep.isEmpty() ? Integer.toString(reduction) : keep.toString());
    return lines;
  }
}
