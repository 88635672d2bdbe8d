package dev.sieve.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.sieve.config.hocon.AxisNames;
import dev.sieve.config.hocon.Hints;
import dev.sieve.config.hocon.Key;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.Problems;
import dev.sieve.config.hocon.SourcePosition;
import dev.sieve.config.hocon.ValueType;
import dev.sieve.config.hocon.Written;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.trial.AxisValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one axis: what it varies, over which values or range, with how many points. */
final class AxisReader {

  private final String where;
  private final Key key;
  private final ConfigObject axis;
  private final SourcePosition place;
  private final @Nullable SamplerKind sampler;
  private final Problems problems;
  private boolean pointless;

  /**
   * @param where the axis's path in the file
   * @param sampler null where it is not known, and nothing is asked for its sake
   */
  AxisReader(
      String where,
      Key key,
      ConfigObject axis,
      SourcePosition place,
      @Nullable SamplerKind sampler,
      Problems problems) {
    this.where = where;
    this.key = key;
    this.axis = axis;
    this.place = place;
    this.sampler = sampler;
    this.problems = problems;
  }

  /** The axis, or null where something is wrong with it, which is noted. */
  @Nullable PlacedAxis read() {
    List<String> unknown =
        axis.keySet().stream().filter(key -> !AxisNames.KNOWN.contains(key)).toList();
    boolean known = unknown.isEmpty();
    if (!known) {
      problems.add(
          unknown.stream()
              .map(key -> SourcePosition.of(value(key).origin()))
              .min(Comparator.naturalOrder())
              .orElseThrow(),
          AxisWords.refusal(where, axis, unknown));
    }
    List<String> kinds = AxisNames.KINDS.stream().filter(axis::containsKey).toList();
    if (kinds.size() != 1) {
      if (known || kinds.size() > 1) {
        refuse(
            "an axis must have exactly one of values, value, linear, log10 and integer",
            kinds.isEmpty() ? "has none" : "has " + String.join(" and ", kinds),
            kinds.isEmpty() ? "give one, such as values = [...]" : "keep one of them");
      }
      return null;
    }
    Domain domain =
        switch (kinds.get(0)) {
          case AxisNames.VALUES -> values();
          case AxisNames.VALUE -> fixed();
          default -> range(kinds.get(0));
        };
    if (domain == null) {
      return null;
    }
    return new PlacedAxis(new Axis(key.path(), AxisNames.label(key), domain), place);
  }

  /** One value, the same in every configuration. */
  private @Nullable Domain fixed() {
    if (counted()) {
      return null;
    }
    Object raw = raw(value(AxisNames.VALUE));
    Object read = key.kind().read(raw);
    if (read == null) {
      refuse(
          "%s must be %s".formatted(key.path(), key.kind().rule(raw)),
          "has value = " + Written.shown(value(AxisNames.VALUE)),
          "change it" + Hints.of(key.kind(), raw));
      return null;
    }
    return new Domain.Values(List.of(key.kind().toAxis(read)));
  }

  /** Whether explicit values have a count of their own, which is refused. */
  private boolean counted() {
    for (String count : List.of("points", "step")) {
      if (axis.containsKey(count)) {
        refuse("an axis of values must have no " + count, "has it", "remove " + count);
        return true;
      }
    }
    return false;
  }

  private @Nullable Domain values() {
    if (counted()) {
      return null;
    }
    if (!(value(AxisNames.VALUES) instanceof ConfigList list) || list.isEmpty()) {
      refuse(
          "an axis must have at least one value",
          "has values = " + ParsedStudy.shown(value(AxisNames.VALUES).unwrapped()),
          "list them as values = [...], or remove the axis");
      return null;
    }
    Set<AxisValue> values = new LinkedHashSet<>();
    List<ConfigValue> wrong = new ArrayList<>();
    for (ConfigValue item : list) {
      Object raw = raw(item);
      Object read = key.kind().read(raw);
      if (read == null) {
        wrong.add(item);
      } else if (!values.add(key.kind().toAxis(read))) {
        problems.add(
            SourcePosition.of(item.origin()),
            "the values of %s must differ, but %s is there twice; remove one"
                .formatted(where, key.kind().text(read)));
      }
    }
    if (!wrong.isEmpty()) {
      ConfigValue first = wrong.get(0);
      problems.add(
          SourcePosition.of(first.origin()),
          "every value of %s must be %s, but got %s%s"
              .formatted(
                  where,
                  key.kind().rule(raw(first)),
                  ParsedStudy.cut(
                      wrong.stream().map(Written::shown).collect(Collectors.joining(", "))),
                  Hints.of(key.kind(), first.unwrapped())));
    }
    return values.size() == list.size() ? new Domain.Values(List.copyOf(values)) : null;
  }

  private @Nullable Domain range(String kind) {
    boolean whole =
        key.kind() instanceof ValueType.Whole || key.kind() instanceof ValueType.CountOrLengths;
    if (!key.kind().numeric() || (whole && !kind.equals("integer"))) {
      refuse(
          key.path() + " must be " + key.kind().rule(),
          "has " + kind,
          "give " + (whole ? "integer = [a, b] or " : "") + "values = [...]");
      return null;
    }
    double[] bounds = bounds(kind);
    if (bounds == null || !withinRule(kind, bounds)) {
      return null;
    }
    int points = points(kind, bounds);
    if (points < 0) {
      return null;
    }
    double step =
        sampler != null && sampler.counted() && axis.containsKey("step") ? step(kind, bounds) : 0;
    if (step < 0) {
      return null;
    }
    return switch (kind) {
      case "linear" -> new Domain.Linear(bounds[0], bounds[1], points, step);
      case "log10" -> new Domain.Log10(bounds[0], bounds[1], points, step);
      default -> new Domain.Integers((int) bounds[0], (int) bounds[1], points, (int) step);
    };
  }

  private double @Nullable [] bounds(String kind) {
    boolean whole = kind.equals("integer");
    ValueType bound =
        whole
            ? new ValueType.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE)
            : new ValueType.Real(-Double.MAX_VALUE, true, Double.MAX_VALUE, true);
    if (value(kind) instanceof ConfigList list && list.size() == 2) {
      Object low = bound.read(String.valueOf(list.get(0).unwrapped()));
      Object high = bound.read(String.valueOf(list.get(1).unwrapped()));
      if (low instanceof Number a
          && high instanceof Number b
          && a.doubleValue() < b.doubleValue()) {
        return new double[] {a.doubleValue(), b.doubleValue()};
      }
    }
    Object written = value(kind).unwrapped();
    String list = Hints.list(written);
    refuse(
        "a range must be two %snumbers [low, high] with low < high"
            .formatted(whole ? "whole " : ""),
        "has " + kind + " = " + ParsedStudy.shown(written),
        !list.isEmpty()
            ? list
            : kind.equals("log10")
                ? "give the exponents, smaller first"
                : "give the smaller first");
    return null;
  }

  /** Both ends must be values that the setting itself may have. */
  private boolean withinRule(String kind, double[] bounds) {
    boolean log = kind.equals("log10");
    if (log && AxisWords.areNoExponents(key.kind(), bounds)) {
      refuse(
          "log10 takes exponents",
          "has log10 = %s, that is %s to %s"
              .formatted(
                  ParsedStudy.shown(value(kind).unwrapped()),
                  AxisWords.brief(StrictMath.pow(10, bounds[0])),
                  AxisWords.brief(StrictMath.pow(10, bounds[1]))),
          AxisWords.range(bounds[0], bounds[1]));
      return false;
    }
    Domain.Ends ends =
        log ? Domain.Log10.ends(bounds[0], bounds[1]) : new Domain.Ends(bounds[0], bounds[1]);
    for (double value : new double[] {ends.low(), ends.high()}) {
      boolean read = Double.isFinite(value) && key.kind().read(value) != null;
      if (!read || log && value == 0) {
        refuse(
            "%s must be %s over the whole axis"
                .formatted(key.path(), read ? "a number > 0" : key.kind().rule(value)),
            "reaches " + value,
            log
                ? "log10 takes exponents: " + AxisWords.change(key.kind(), bounds)
                : "change the range");
        return false;
      }
    }
    return true;
  }

  private Object raw(ConfigValue value) {
    return value.unwrapped() == null ? "null" : Written.raw(value, key.kind());
  }

  /** What divides a range that is drawn from; negative where something is wrong. */
  private double step(String kind, double[] bounds) {
    int points = pointsOfStep(bounds);
    if (points < 0) {
      return -1;
    }
    double step = (bounds[1] - bounds[0]) / (points - 1);
    if (kind.equals("integer") && Math.abs(step - Math.rint(step)) > 1e-9) {
      refuse(
          "the step of whole numbers must be whole",
          "has step = " + ParsedStudy.shown(value("step").unwrapped()),
          "change step");
      return -1;
    }
    return Double.parseDouble(String.valueOf(value("step").unwrapped()));
  }

  /** Points that the sampler takes of a range; 0 for random, negative where something is wrong. */
  private int points(String kind, double[] bounds) {
    if (sampler == null) {
      return 0;
    }
    boolean hasPoints = axis.containsKey("points");
    boolean hasStep = axis.containsKey("step");
    if (sampler.counted()) {
      // The default space has points for its own grid.
      if (hasPoints && !place.isDefault()) {
        refuse(
            "sampler = %s draws from the whole range".formatted(sampler.label()),
            "has points",
            "remove it, or use sampler = grid or random-grid");
        return -1;
      }
      return 0;
    }
    if (hasPoints && hasStep) {
      refuse("a range must have either points or step", "has both", "remove one");
      return -1;
    }
    if (hasStep && sampler == SamplerKind.GRID) {
      return pointsOfStep(bounds);
    }
    int least = least(sampler);
    if (!hasPoints && !hasStep) {
      pointless = !AxisWords.meanPoints(axis);
      return -1;
    }
    Object points = hasPoints ? readPoints(least) : null;
    if (points == null) {
      refuse(
          "sampler = %s must know how many points a range gives".formatted(sampler.label()),
          "has "
              + (hasPoints ? "points = " + ParsedStudy.shown(value("points").unwrapped()) : "step"),
          "give points = n, n >= " + least);
      return -1;
    }
    int count = Math.toIntExact((Long) points);
    if (kind.equals("integer") && count > bounds[1] - bounds[0] + 1) {
      refuse(
          "points must not exceed the whole numbers of the range",
          String.format(
              Locale.ROOT, "has %s points for %.0f numbers", count, bounds[1] - bounds[0] + 1),
          "lower points");
      return -1;
    }
    return count;
  }

  static int least(SamplerKind sampler) {
    return sampler == SamplerKind.GRID ? 2 : 1;
  }

  /**
   * Whether it is a range without the points that its sampler needs, which is for others to say.
   */
  boolean pointless() {
    return pointless;
  }

  private @Nullable Object readPoints(int least) {
    return new ValueType.Whole(least, Integer.MAX_VALUE)
        .read(String.valueOf(value("points").unwrapped()));
  }

  private int pointsOfStep(double[] bounds) {
    Object step =
        new ValueType.Real(0, false, Double.MAX_VALUE, true)
            .read(String.valueOf(value("step").unwrapped()));
    double length = bounds[1] - bounds[0];
    double steps = step == null ? Double.NaN : length / (Double) step;
    // A decimal step such as 0.1 is no exact double.
    boolean reached = Math.abs(steps - Math.rint(steps)) <= 1e-9 * steps && Math.rint(steps) >= 1;
    if (!reached || steps >= Integer.MAX_VALUE) {
      refuse(
          "whole steps > 0 must lead from one end of a range to the other",
          "has step = %s for a length of %s"
              .formatted(ParsedStudy.shown(value("step").unwrapped()), length),
          "change step or the range, or give points");
      return -1;
    }
    return (int) Math.rint(steps) + 1;
  }

  private ConfigValue value(String name) {
    ConfigValue value = axis.get(name);
    if (value == null) {
      throw new AssertionError("no " + name + " in " + where);
    }
    return value;
  }

  private void refuse(String rule, String actual, String remedy) {
    problems.add(place, "%s, but %s %s; %s".formatted(rule, where, actual, remedy));
  }
}
