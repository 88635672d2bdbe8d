package dev.sieve.search;

import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which trials train side by side; no part of the plan.
 *
 * @param size trials of a group at most
 */
record Grouping(int size) {
  /**
   * What engines choose at most. The reference engine trains one network after the other; the
   * vector engine gains up to eight side by side.
   */
  private static final Map<String, Integer> CHOICE = Map.of("reference", 1, "vector", 8);

  Grouping {
    if (size < 1) {
      throw new IllegalArgumentException("a group's size >= 1 must hold, but got " + size);
    }
  }

  /**
   * The grouping for an engine: its own choice is narrower where there are too few trials to give
   * every place a group.
   *
   * @param fuse {@code engine.fuse}; 0 leaves it to the engine
   */
  static Grouping of(String engineType, int fuse, int trials, int slots) {
    int share = Math.max(1, (trials + slots - 1) / slots);
    return new Grouping(fuse > 0 ? fuse : Math.min(share, CHOICE.getOrDefault(engineType, 1)));
  }

  /** Groups of trials that fit together, the longest first, so that no long one is left alone. */
  List<TrialGroup> groups(List<Trial> trials) {
    List<List<Trial>> full = new ArrayList<>();
    List<List<Trial>> open = new ArrayList<>();
    for (Trial trial : trials) {
      List<Trial> group = open.stream().filter(g -> fits(g, trial)).findFirst().orElse(null);
      if (group == null) {
        group = new ArrayList<>();
        open.add(group);
      }
      group.add(trial);
      if (group.size() == size) {
        open.remove(group);
        full.add(group);
      }
    }
    full.addAll(open);
    List<TrialGroup> groups = new ArrayList<>();
    full.forEach(group -> groups.add(new TrialGroup(group)));
    groups.sort(
        Comparator.comparingDouble(Grouping::work)
            .reversed()
            .thenComparingInt(group -> group.first().ordinal()));
    return groups;
  }

  private static boolean fits(List<Trial> group, Trial trial) {
    return TrialGroup.fusable(group.get(0), trial);
  }

  private static double work(TrialGroup group) {
    return group.trials().stream().mapToDouble(Trial::work).sum();
  }
}
