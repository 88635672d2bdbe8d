package dev.sieve.search.space;

import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The axes of a phase, in a fixed order: lambda, eta, sigma, then by path (a grid varies the last
 * one fastest).
 *
 * @param constraints what every configuration must hold
 */
public record Space(List<Axis> axes, List<Constraint> constraints) {
  public Space {
    axes = List.copyOf(axes);
    constraints = List.copyOf(constraints);
    long paths = axes.stream().map(Axis::path).distinct().count();
    if (paths != axes.size()) {
      throw new IllegalArgumentException("each axis must appear once, but got " + axes);
    }
  }

  /** A space without constraints. */
  public Space(List<Axis> axes) {
    this(axes, List.of());
  }

  /** The configuration of a value for every axis: those that have no effect in it are left out. */
  public Configuration configuration(SortedMap<String, AxisValue> values) {
    SortedMap<String, AxisValue> effective = new TreeMap<>();
    for (Axis axis : axes) {
      AxisValue value = values.get(axis.path());
      if (value != null && effective(axis, values)) {
        effective.put(axis.path(), value);
      }
    }
    return new Configuration(effective);
  }

  /** Whether an axis has an effect beside other values. */
  public boolean effective(Axis axis, Map<String, AxisValue> values) {
    for (Axis.Need need : axis.needs()) {
      AxisValue value = values.get(need.path());
      Axis other = axis(need.path());
      if (value == null || other == null || !need.metBy(value) || !effective(other, values)) {
        return false;
      }
    }
    return true;
  }

  /** Why a configuration is no member; null for one that keeps all constraints. */
  public @Nullable String rejection(Configuration configuration) {
    for (Constraint constraint : constraints) {
      String reason = constraint.rejection(configuration);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  /** Whether a configuration keeps all constraints. */
  public boolean keeps(Configuration configuration) {
    return constraints.stream().allMatch(constraint -> constraint.keptBy(configuration));
  }

  /** Whether every axis has an effect in every configuration, and none is rejected. */
  boolean plain() {
    return constraints.isEmpty() && axes.stream().allMatch(axis -> axis.needs().isEmpty());
  }

  /** The same axes and constraints over other domains, by path. */
  public Space over(Map<String, Domain> domains) {
    List<Axis> changed =
        axes.stream()
            .map(axis -> axis.over(domains.getOrDefault(axis.path(), axis.domain())))
            .toList();
    return new Space(changed, constraints);
  }

  /** Axes by path, in their order. */
  public Map<String, Axis> byPath() {
    Map<String, Axis> byPath = new LinkedHashMap<>();
    axes.forEach(axis -> byPath.put(axis.path(), axis));
    return byPath;
  }

  private @Nullable Axis axis(String path) {
    return axes.stream().filter(axis -> axis.path().equals(path)).findFirst().orElse(null);
  }
}
