package dev.sieve.config;

import dev.sieve.config.hocon.AxisNames;
import dev.sieve.config.hocon.Entry;
import dev.sieve.config.hocon.Hints;
import dev.sieve.config.hocon.Key;
import dev.sieve.config.hocon.Keys;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.Problems;
import dev.sieve.config.hocon.SourcePosition;
import dev.sieve.config.hocon.ValueType;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Constraint;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a phase says of single points of its space: constraints and extra points. */
final class PointReader {
  private final ParsedStudy document;
  private final Problems problems;

  PointReader(ParsedStudy document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  /** {@code PHASE.constraints} over the numeric ones of some axes. */
  List<Constraint> constraints(String phase, List<Axis> axes) {
    Entry entry = document.entry(phase + ".constraints");
    List<Constraint> constraints = new ArrayList<>();
    if (entry == null
        || document.doubtful(phase + ".space")
        || !(entry.value() instanceof List<?> texts)) {
      return constraints;
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (Axis axis : axes) {
      if (Keys.require(axis.path()).kind().numeric()) {
        String last = axis.path().substring(axis.path().lastIndexOf('.') + 1);
        if (Keys.require(axis.path()).equals(AxisNames.key(last))) {
          names.putIfAbsent(last, axis.path());
        }
        names.put(axis.label(), axis.path());
        names.put(axis.path(), axis.path());
      }
    }
    for (Object text : texts) {
      try {
        constraints.add(Constraint.parse(text.toString(), names));
      } catch (IllegalArgumentException e) {
        problems.add(entry.place(), "%s.constraints: %s".formatted(phase, e.getMessage()));
        document.doubt(phase + ".constraints");
      }
    }
    return constraints;
  }

  /** {@code PHASE.enqueue}: points of a space. */
  List<Configuration> enqueue(String phase, Space space) {
    Entry entry = document.entry(phase + ".enqueue");
    List<Configuration> points = new ArrayList<>();
    if (entry == null
        || document.doubtful(phase + ".space")
        || document.doubtful(phase + ".constraints")
        || !(entry.value() instanceof List<?> written)) {
      return points;
    }
    for (int i = 0; i < written.size(); i++) {
      String where = "%s.enqueue[%s]".formatted(phase, i);
      Configuration point = point(where, entry.place(), (Map<?, ?>) written.get(i), space);
      if (point != null && points.contains(point)) {
        problems.add(
            entry.place(), "extra points must differ, but %s is there twice".formatted(where));
      } else if (point != null) {
        points.add(point);
      }
    }
    return points;
  }

  private @Nullable Configuration point(
      String where, SourcePosition place, Map<?, ?> written, Space space) {
    Map<String, Axis> axes = new LinkedHashMap<>();
    space.axes().forEach(axis -> axes.put(axis.path(), axis));
    SortedMap<String, AxisValue> values = new TreeMap<>();
    boolean sound = true;
    for (Map.Entry<?, ?> item : written.entrySet()) {
      Key key = AxisNames.key(item.getKey().toString());
      Axis axis = key == null ? null : axes.get(key.path());
      AxisValue value = axis == null ? null : value(where, place, axis, item.getValue());
      if (axis == null) {
        problems.add(
            place,
            "an extra point must name axes of the space, but %s has %s; the axes are %s"
                .formatted(where, item.getKey(), labels(space)));
      } else if (value != null) {
        values.put(axis.path(), value);
      }
      sound &= value != null;
    }
    return sound && whole(where, place, values, space) ? space.configuration(values) : null;
  }

  private @Nullable AxisValue value(
      String where, SourcePosition place, Axis axis, @Nullable Object raw) {
    ValueType kind = Keys.require(axis.path()).kind();
    Object read = raw == null ? null : kind.read(raw);
    if (read == null) {
      problems.add(
          place,
          "%s.%s must be %s, but got %s%s"
              .formatted(
                  where,
                  axis.label(),
                  raw == null ? kind.rule() : kind.rule(raw),
                  ParsedStudy.shown(raw),
                  Hints.of(kind, raw)));
      return null;
    }
    AxisValue value = kind.toAxis(read);
    if (!within(axis, value)) {
      problems.add(
          place,
          "an extra point must lie within the axes, but %s has %s = %s; widen the axis or change the point"
              .formatted(where, axis.label(), kind.text(read)));
      return null;
    }
    return value;
  }

  private static boolean within(Axis axis, AxisValue value) {
    if (axis.domain() instanceof Domain.Values explicit) {
      return explicit.values().stream().anyMatch(v -> v.canonical().equals(value.canonical()));
    }
    double[] ends = new PlacedAxis(axis, SourcePosition.override("")).extremes();
    return value instanceof AxisValue.Number number
        && ends != null
        && number.value() >= ends[0] * (1 - 1e-12)
        && number.value() <= ends[1] * (1 + 1e-12);
  }

  /** Every axis that has an effect, no other, and all constraints. */
  private boolean whole(
      String where, SourcePosition place, SortedMap<String, AxisValue> values, Space space) {
    boolean whole = true;
    for (Axis axis : space.axes()) {
      boolean given = values.containsKey(axis.path());
      if (given != space.effective(axis, values)) {
        whole = false;
        problems.add(
            place,
            given
                ? "every value of an extra point must have an effect, but %s.%s has none beside the others; remove it"
                    .formatted(where, axis.label())
                : "an extra point must have a value for every axis, but %s has none for %s; add it"
                    .formatted(where, axis.label()));
      }
    }
    String rejection = whole ? space.rejection(space.configuration(values)) : null;
    if (rejection != null) {
      problems.add(
          place, "an extra point must keep the constraints: %s in %s".formatted(rejection, where));
    }
    return whole && rejection == null;
  }

  private static List<String> labels(Space space) {
    return space.axes().stream().map(Axis::label).toList();
  }
}
