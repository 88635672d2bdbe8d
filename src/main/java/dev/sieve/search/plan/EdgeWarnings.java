package dev.sieve.search.plan;

import dev.sieve.error.UserException;
import dev.sieve.search.definition.SettingsResolver;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Coordinates;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Domains;
import dev.sieve.search.space.Scale;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Warns where the best configuration lies at the end of an axis: better ones may lie beyond. */
final class EdgeWarnings {
  /** Share of an axis's length that counts as its edge: a random draw never hits the end itself. */
  private static final double EDGE = 0.02;

  /** Share of an axis's length by which a wider range exceeds it. */
  private static final double WIDER = 0.5;

  private final Space space;
  private final SettingsResolver resolver;
  private final String phase;

  /**
   * @param phase whose best it is, for people
   */
  EdgeWarnings(Space space, SettingsResolver resolver, String phase) {
    this.space = space;
    this.resolver = resolver;
    this.phase = phase;
  }

  /** A line for each axis at whose edge the best lies; none where no wider value is allowed. */
  List<String> warnings(LeaderboardRow best) {
    List<String> lines = new ArrayList<>();
    Configuration configuration = Coordinates.read(space.axes(), best.settings());
    for (Axis axis : space.axes()) {
      if (!Coordinates.has(axis, best.settings())) {
        continue;
      }
      AxisValue value = Coordinates.read(axis, best.settings());
      Scale scale = Scale.of(axis.domain(), List.of(value));
      if (scale == null) {
        continue;
      }
      String edge = edge(scale, scale.position(value));
      if (edge.isEmpty()) {
        continue;
      }
      double reach = WIDER * scale.length();
      double beyond = edge.equals("lower") ? scale.low() - reach : scale.high() + reach;
      beyond = rounded(scale, beyond);
      if (allowed(configuration, axis, scale.value(beyond))) {
        Domain wider =
            scale.stretch(Math.min(beyond, scale.low()), Math.max(beyond, scale.high()), 0);
        lines.add(
            "the best of %s lies at the %s edge of %s (%s in %s): a wider range to try is %s"
                .formatted(
                    phase,
                    edge,
                    axis.label(),
                    Coordinates.brief(value),
                    Domains.text(axis.domain()),
                    Domains.text(wider)));
      }
    }
    return lines;
  }

  /** A range that a person would type: whole numbers, or exponents of two decimals. */
  private static double rounded(Scale scale, double position) {
    return switch (scale.kind()) {
      case INTEGER -> StrictMath.rint(position);
      case LOG10 -> StrictMath.rint(100 * position) / 100;
      case LINEAR -> position;
    };
  }

  /** Empty also beyond the ends, where boxes that are not clipped may lead: no edge stops them. */
  private static String edge(Scale scale, double position) {
    double tolerance = 1e-9 * scale.length();
    if (position < scale.low() - tolerance || position > scale.high() + tolerance) {
      return "";
    }
    if (position <= scale.low() + EDGE * scale.length()) {
      return "lower";
    }
    return position >= scale.high() - EDGE * scale.length() ? "upper" : "";
  }

  /** Whether the setting's own rules allow a value: λ stops at 0, a momentum below 1. */
  private boolean allowed(Configuration best, Axis axis, AxisValue value) {
    TreeMap<String, AxisValue> values = new TreeMap<>(best.values());
    values.put(axis.path(), value);
    try {
      resolver.resolve(Phase.COARSE, new Configuration(values));
      return true;
    } catch (UserException e) {
      return false;
    }
  }
}
