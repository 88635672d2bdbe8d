package dev.sieve.search.plan;

import dev.sieve.trial.Stage;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Which trials train side by side; no part of the plan.
 *
 * @param size trials of a group at most
 * @param cacheBytes what the parameters of a group may take at most; a trial alone may take more
 * @param slots groups that run at the same time
 * @param kept steps that trials have taken already where they are within their stage
 */
public record Grouping(int size, long cacheBytes, int slots, Map<TrialKey, Long> kept) {
  /**
   * What engines choose at most. The reference engine trains one network after the other; the
   * vector engine gains up to eight side by side, as long as their weights, which every step reads
   * and writes from end to end, stay in the cache.
   */
  private static final Map<String, Integer> CHOICE = Map.of("reference", 1, "vector", 8);

  /**
   * Share of the whole time that more groups must save: narrower ones train a little slower a
   * trial, which the work does not tell.
   */
  private static final double WORTH = 0.05;

  public Grouping {
    if (size < 1 || slots < 1) {
      throw new IllegalArgumentException(
          "a group's size >= 1 and slots >= 1 must hold, but got %s and %s".formatted(size, slots));
    }
  }

  public Grouping(int size, long cacheBytes, int slots) {
    this(size, cacheBytes, slots, Map.of());
  }

  /** The same for trials of which some stand within their stage: those at one step fit together. */
  public Grouping keeping(Map<TrialKey, Long> steps) {
    return new Grouping(size, cacheBytes, slots, steps);
  }

  /**
   * The grouping for an engine.
   *
   * @param fuse {@code engine.fuse}; 0 leaves it to the engine
   */
  public static Grouping of(String engineType, int fuse, int slots) {
    return fuse > 0
        ? new Grouping(fuse, Long.MAX_VALUE, slots)
        : new Grouping(CHOICE.getOrDefault(engineType, 1), LastLevelCache.bytes(), slots);
  }

  /** Trials like this one that a group may have. */
  private int limit(Trial trial) {
    long fitting = cacheBytes / (Float.BYTES * trial.settings().trainedValues());
    return (int) Math.max(1, Math.min(size, fitting));
  }

  private int fewest(List<Trial> kind) {
    int limit = limit(kind.get(0));
    return (kind.size() + limit - 1) / limit;
  }

  /**
   * Groups of trials that fit together, as equal in size as can be, the longest first. As few as
   * size and cache allow; more only where places would be idle otherwise: nine trials in two places
   * are five and four, not eight and one.
   */
  public List<TrialGroup> groups(List<Trial> trials) {
    List<List<Trial>> kinds = kinds(trials);
    int[] counts = kinds.stream().mapToInt(this::fewest).toArray();
    spread(kinds, counts);
    List<TrialGroup> groups = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      groups.addAll(split(kinds.get(i), counts[i]));
    }
    groups.sort(
        Comparator.<TrialGroup>comparingDouble(this::work)
            .reversed()
            .thenComparingInt(group -> group.first().ordinal()));
    return groups;
  }

  /** Trials by what may be one group, in their order. */
  private List<List<Trial>> kinds(List<Trial> trials) {
    List<List<Trial>> kinds = new ArrayList<>();
    for (Trial trial : trials) {
      List<Trial> kind = kinds.stream().filter(k -> fit(k.get(0), trial)).findFirst().orElse(null);
      if (kind == null) {
        kind = new ArrayList<>();
        kinds.add(kind);
      }
      kind.add(trial);
    }
    return kinds;
  }

  private boolean fit(Trial a, Trial b) {
    return TrialGroup.fusable(a, b) && taken(a) == taken(b);
  }

  private long taken(Trial trial) {
    return kept.getOrDefault(trial.key(), trial.stage().from());
  }

  /** Of what is left of the stage. */
  private double work(Trial trial) {
    Stage stage = trial.stage();
    double left = stage.to() - taken(trial);
    return trial.work() * left / (stage.to() - stage.from());
  }

  /** Adds groups to the kind whose groups are the longest, as long as that saves time. */
  private void spread(List<List<Trial>> kinds, int[] counts) {
    if (counts.length == 0) {
      return;
    }
    double span = span(kinds, counts);
    for (boolean better = true; better; ) {
      better = false;
      int longest = longest(kinds, counts);
      int most = Math.min(kinds.get(longest).size(), counts[longest] + slots);
      for (int more = counts[longest] + 1; more <= most && !better; more++) {
        int[] tried = counts.clone();
        tried[longest] = more;
        double shorter = span(kinds, tried);
        if (shorter < (1 - WORTH) * span) {
          better = true;
          span = shorter;
          counts[longest] = more;
        }
      }
    }
  }

  private int longest(List<List<Trial>> kinds, int[] counts) {
    int longest = 0;
    for (int i = 1; i < counts.length; i++) {
      if (width(kinds.get(i), counts[i]) > width(kinds.get(longest), counts[longest])) {
        longest = i;
      }
    }
    return longest;
  }

  /** Work of the widest group of a kind. */
  private double width(List<Trial> kind, int count) {
    int widest = (kind.size() + count - 1) / count;
    return widest * work(kind.get(0));
  }

  /** When the last place is done, if each takes the longest group that is left. */
  private double span(List<List<Trial>> kinds, int[] counts) {
    List<Double> works = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      int wide = kinds.get(i).size() % counts[i];
      int narrow = kinds.get(i).size() / counts[i];
      for (int group = 0; group < counts[i]; group++) {
        works.add((narrow + (group < wide ? 1 : 0)) * work(kinds.get(i).get(0)));
      }
    }
    return span(works, slots);
  }

  /** The same of works in any order. */
  static double span(List<Double> works, int slots) {
    List<Double> longestFirst = new ArrayList<>(works);
    longestFirst.sort(Collections.reverseOrder());
    PriorityQueue<Double> busy = new PriorityQueue<>(Collections.nCopies(slots, 0.0));
    double last = 0;
    for (double work : longestFirst) {
      double end = busy.remove() + work;
      busy.add(end);
      last = Math.max(last, end);
    }
    return last;
  }

  private static List<TrialGroup> split(List<Trial> kind, int count) {
    List<TrialGroup> groups = new ArrayList<>();
    int from = 0;
    for (int group = 0; group < count; group++) {
      int to = from + kind.size() / count + (group < kind.size() % count ? 1 : 0);
      groups.add(new TrialGroup(kind.subList(from, to)));
      from = to;
    }
    return groups;
  }

  private double work(TrialGroup group) {
    return group.trials().stream().mapToDouble(this::work).sum();
  }
}
