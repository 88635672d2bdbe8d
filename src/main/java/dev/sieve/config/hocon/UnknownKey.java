package dev.sieve.config.hocon;

import com.typesafe.config.ConfigUtil;
import dev.sieve.error.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A key that there is none of, and what may be meant by it.
 *
 * @param path as the file has it
 * @param section what it stands in; empty at the top
 */
record UnknownKey(String path, String section) {
  /** What other tools call a key, by its last word. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("lr", "training.schedule.eta"),
          Map.entry("learning-rate", "training.schedule.eta"),
          Map.entry("weight-decay", "training.lambda"),
          Map.entry("l2", "training.lambda"),
          Map.entry("regularisation", "training.lambda"),
          Map.entry("regularization", "training.lambda"),
          Map.entry("data.dir", "data.path"),
          Map.entry("data.folder", "data.path"),
          Map.entry("data.root", "data.path"),
          Map.entry("results.path", "results.dir"),
          Map.entry("results.folder", "results.dir"),
          Map.entry("output", "results.dir"),
          Map.entry("coarse.trials", "coarse.configurations"),
          Map.entry("fine.trials", "fine.configurations"),
          Map.entry("pruner", "coarse.rungs"),
          Map.entry("early-stopping", "coarse.rungs"),
          Map.entry("hidden-layers", "network.hidden"),
          Map.entry("layers", "network.hidden"),
          Map.entry("optimizer", "training.optimiser"),
          Map.entry("algorithm", "coarse.sampler"),
          Map.entry("n-trials", "coarse.configurations"),
          Map.entry("num-samples", "coarse.configurations"),
          Map.entry("timeout", "coarse.budget.wall-clock"),
          Map.entry("search-space", "coarse.space"));

  /** The keys that may be meant; none where nothing is near. */
  List<String> meant() {
    List<String> near = DidYouMean.of(path, siblings());
    if (!near.isEmpty()) {
      return near;
    }
    String last = path.substring(path.lastIndexOf('.') + 1).replace('_', '-');
    List<String> settings = new ArrayList<>();
    Keys.settings().forEach(key -> addIfLike(last, key.path(), settings));
    List<String> others = new ArrayList<>();
    if (!Keys.PHASES.contains(first())) {
      Keys.everyKey().forEach(key -> addIfLike(last, key.path(), others));
      Keys.SPACES.forEach(space -> addIfLike(last, space, others));
    } else if (Keys.get("search." + last) != null) {
      others.add("search." + last);
    } else if (Keys.get("data." + last) != null) {
      others.add("data." + last);
    }
    String known = ELSEWHERE.getOrDefault(path.replace('_', '-'), ELSEWHERE.get(last));
    List<String> found =
        known != null
            ? List.of(known)
            : settings.isEmpty() && others.size() < 4 ? others : settings;
    return found.stream().map(this::here).toList();
  }

  private static void addIfLike(String word, String key, List<String> found) {
    if (word.length() < 100
        && DidYouMean.distance(word, key.substring(key.lastIndexOf('.') + 1)) <= 1) {
      found.add(key);
    }
  }

  /** A setting within the phase that the unknown key is of. */
  private String here(String key) {
    String within = first() + "." + key;
    String other = key.startsWith("coarse.") ? key.replaceFirst("coarse", first()) : within;
    return Keys.get(within) != null
        ? within
        : Keys.get(other) != null || Keys.isSection(other) ? other : key;
  }

  private String first() {
    int end = path.indexOf('.');
    return end < 0 ? "" : path.substring(0, end);
  }

  String message() {
    List<String> meant = meant();
    return "every key must be known, but %s is not; %s"
        .formatted(
            ParsedStudy.cut(path),
            meant.isEmpty()
                ? "known here: " + String.join(", ", siblings())
                : "did you mean " + String.join(" or ", meant) + "?");
  }

  private Set<String> siblings() {
    Set<String> known = new LinkedHashSet<>();
    Keys.everyKey().forEach(key -> known.add(child(key.path())));
    Keys.SPACES.forEach(space -> known.add(child(space)));
    if (section.isEmpty()) {
      known.add("report");
    }
    known.remove("");
    return known;
  }

  /** The part of a key's path down to the section's children; empty for a key elsewhere. */
  private String child(String key) {
    String prefix = section.isEmpty() ? "" : section + ".";
    if (!key.startsWith(prefix)) {
      return "";
    }
    int end = key.indexOf('.', prefix.length());
    return end < 0 ? key : key.substring(0, end);
  }

  static UnknownKey of(String section, String name) {
    String word = ConfigUtil.joinPath(name);
    return new UnknownKey(section.isEmpty() ? word : section + "." + word, section);
  }
}
