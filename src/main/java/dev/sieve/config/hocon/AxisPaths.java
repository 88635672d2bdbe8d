package dev.sieve.config.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives every axis of a layer its one name, before the layers are laid over each other: a path that
 * stands without its quotes (a shell takes them away) is nested sections to HOCON, and {@code
 * momentum} is short for a path.
 */
final class AxisPaths {
  /** Words of the longest path. */
  private static final int DEEPEST = 4;

  private AxisPaths() {}

  static Config named(Config layer) {
    ConfigObject root = layer.root();
    for (String space : Keys.SPACES) {
      String section = space.substring(0, space.indexOf('.'));
      String name = space.substring(space.indexOf('.') + 1);
      try {
        if (root.get(section) instanceof ConfigObject phase
            && phase.get(name) instanceof ConfigObject axes) {
          root = root.withValue(section, phase.withValue(name, named(axes)));
        }
      } catch (ConfigException.NotResolved e) {
        continue; // what a substitution gives is known later, and has its own names
      }
    }
    return root.toConfig();
  }

  /**
   * A layer over others. What it says an axis ranges over takes the place of what they say: one
   * axis has one of these.
   */
  static Config over(Config layer, Config below) {
    ConfigObject kept = below.root();
    for (String space : Keys.SPACES) {
      List<String> path = List.of(space.split("\\."));
      ConfigObject axes = section(layer.root(), path);
      for (String name : axes == null ? Set.<String>of() : axes.keySet()) {
        List<String> kinds = kinds(axes == null ? null : axes.get(name));
        ConfigObject lower = section(kept, List.of(path.get(0), path.get(1), name));
        if (kinds.isEmpty() || lower == null) {
          continue;
        }
        ConfigObject rest = lower;
        for (String kind : AxisNames.KINDS) {
          rest = kinds.contains(kind) ? rest : rest.withoutKey(kind);
        }
        if (kinds.contains(AxisNames.VALUES) || kinds.contains(AxisNames.VALUE)) {
          rest = rest.withoutKey("points").withoutKey("step");
        }
        kept =
            kept.toConfig()
                .withValue(ConfigUtil.joinPath(path.get(0), path.get(1), name), rest)
                .root();
      }
    }
    return layer.withFallback(kept);
  }

  private static List<String> kinds(@Nullable ConfigValue axis) {
    return axis instanceof ConfigObject section
        ? AxisNames.KINDS.stream().filter(section::containsKey).toList()
        : List.of();
  }

  private static @Nullable ConfigObject section(ConfigObject root, List<String> path) {
    ConfigObject at = root;
    for (String name : path) {
      try {
        if (!(at.get(name) instanceof ConfigObject inner)) {
          return null;
        }
        // A substitution that is not resolved yet cannot be asked.
        if (inner.isEmpty()) {
          return null;
        }
        at = inner;
      } catch (ConfigException.NotResolved e) {
        return null;
      }
    }
    return at;
  }

  private static ConfigObject named(ConfigObject axes) {
    ConfigObject kept = axes;
    for (Map.Entry<String, ConfigValue> entry : axes.entrySet()) {
      Map<String, ConfigValue> found = new LinkedHashMap<>();
      collect(entry.getKey(), entry.getValue(), 1, found);
      kept = kept.withoutKey(entry.getKey());
      for (Map.Entry<String, ConfigValue> axis : found.entrySet()) {
        Key key = AxisNames.key(axis.getKey());
        String label = key == null ? axis.getKey() : AxisNames.label(key);
        // Two names of one axis in one file stay two: that is refused where they are read.
        boolean free = !kept.containsKey(label) && !axes.containsKey(label);
        kept = kept.withValue(free ? label : axis.getKey(), axis.getValue());
      }
    }
    return kept;
  }

  /** The axes that a name stands for: itself, or those below it. */
  private static void collect(
      String name, ConfigValue value, int words, Map<String, ConfigValue> found) {
    if (AxisNames.key(name) != null
        || words == DEEPEST
        || !(value instanceof ConfigObject section)
        || section.isEmpty()
        || section.keySet().stream().anyMatch(AxisNames.KNOWN::contains)) {
      found.put(name, value);
      return;
    }
    section.forEach((word, inner) -> collect(name + "." + word, inner, words + 1, found));
  }
}
