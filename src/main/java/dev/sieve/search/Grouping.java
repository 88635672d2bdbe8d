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
 * @param cacheBytes what the parameters of a group may take at most; a trial alone may take more
 */
record Grouping(int size, long cacheBytes) {
  /**
   * What engines choose at most. The reference engine trains one network after the other; the
   * vector engine gains up to eight side by side, as long as their weights, which every step reads
   * and writes from end to end, stay in the cache.
   */
  private static final Map<String, Integer> CHOICE = Map.of("reference", 1, "vector", 8);

  Grouping {
    if (size < 1) {
      throw new IllegalArgumentException("a group's size >= 1 must hold, but got " + size);
    }
  }

  /**
   * The grouping for an engine: its own choice is narrower where the places would not all have as
   * many groups, or not equally wide ones (20 trials on 2 places are 4 groups of 5, not 8, 8 and
   * 4), and where networks are so large that fewer of them fit the cache.
   *
   * @param fuse {@code engine.fuse}; 0 leaves it to the engine
   */
  static Grouping of(String engineType, int fuse, int trials, int slots) {
    if (fuse > 0) {
      return new Grouping(fuse, Long.MAX_VALUE);
    }
    int widest = CHOICE.getOrDefault(engineType, 1);
    int rounds = Math.max(1, ceilDiv(trials, slots * widest));
    return new Grouping(Math.max(1, ceilDiv(trials, slots * rounds)), LastLevelCache.bytes());
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  /** Trials like this one that a group may have. */
  private int limit(Trial trial) {
    long fitting = cacheBytes / (Float.BYTES * trial.settings().trainedValues());
    return (int) Math.max(1, Math.min(size, fitting));
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
      if (group.size() == limit(trial)) {
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
