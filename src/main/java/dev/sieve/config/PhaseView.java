package dev.sieve.config;

import dev.sieve.config.hocon.Condition;
import dev.sieve.config.hocon.Entry;
import dev.sieve.config.hocon.Key;
import dev.sieve.config.hocon.Keys;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.ValueType;
import dev.sieve.trial.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A phase as its trials see it: the file's settings with the phase's overrides, and the axes whose
 * values will be laid over them.
 *
 * @param doubtful settings whose written value is wrong and noted; nothing is concluded from them
 */
record PhaseView(Phase phase, Settings settings, List<PlacedAxis> axes, Set<String> doubtful) {
  static PhaseView of(ParsedStudy document, Phase phase, List<PlacedAxis> axes) {
    Map<String, Object> values = new HashMap<>();
    Set<String> doubtful = new HashSet<>();
    for (Key key : Keys.settings()) {
      Entry base = document.require(key.path());
      Entry own = document.entry(phase.label() + "." + key.path());
      values.put(key.path(), own != null && !own.broken() ? own.value() : base.value());
      boolean broken = own != null ? own.broken() : base.broken();
      String within = phase.label() + "." + key.path();
      if (broken || document.doubtful(within) || own == null && document.doubtful(key.path())) {
        doubtful.add(key.path());
      }
    }
    return new PhaseView(phase, new Settings(values), List.copyOf(axes), doubtful);
  }

  @Nullable PlacedAxis axis(String path) {
    return axes.stream().filter(axis -> axis.path().equals(path)).findFirst().orElse(null);
  }

  /** The first condition that no trial of this phase can meet, or null. */
  @Nullable Condition unmet(Key key) {
    for (Condition condition : key.conditions()) {
      if (!doubtful.contains(condition.path()) && !condition.metByAny(texts(condition.path()))) {
        return condition;
      }
    }
    return null;
  }

  /** Smallest and largest value that a numeric setting takes in this phase. */
  double[] extremes(String path) {
    PlacedAxis axis = axis(path);
    double[] ends = axis == null ? null : axis.extremes();
    double value = settings.number(path);
    return ends == null ? new double[] {value, value} : ends;
  }

  /** Whether a setting has this one value in every trial of the phase. */
  boolean always(String path, String text) {
    return !doubtful.contains(path) && texts(path).equals(Set.of(text));
  }

  /** The widths of the hidden layers of every network of this phase. */
  List<List<Integer>> shapes() {
    ValueType kind = Keys.require(EqualNetworks.HIDDEN).kind();
    List<List<Integer>> shapes = new ArrayList<>();
    for (String text :
        doubtful.contains(EqualNetworks.HIDDEN) ? Set.<String>of() : texts(EqualNetworks.HIDDEN)) {
      if (kind.read(text) instanceof List<?> widths) {
        shapes.add(widths.stream().map(width -> (Integer) width).toList());
      }
    }
    return shapes;
  }

  private Set<String> texts(String path) {
    PlacedAxis axis = axis(path);
    return axis == null ? Set.of(settings.text(path)) : axis.texts();
  }
}
