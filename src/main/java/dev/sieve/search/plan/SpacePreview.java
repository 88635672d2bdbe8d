package dev.sieve.search.plan;

import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Coordinates;
import dev.sieve.search.space.Decimals;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Domains;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a phase's axes really range over, and the first configurations of it, for people. */
public final class SpacePreview {
  /** Configurations shown. */
  private static final int FIRST = 3;

  /** Values of an axis shown. */
  private static final int VALUES = 8;

  private SpacePreview() {}

  /** Lines on a phase, none where it has no axes of its own and no configuration yet. */
  public static List<String> lines(StudyDefinition definition, Preview preview) {
    Space space = space(definition, preview.phase());
    List<String> lines = new ArrayList<>();
    if (space != null && own(definition, preview.phase())) {
      space.axes().forEach(axis -> lines.add(axis.label() + ": " + range(axis.domain())));
    }
    if (!preview.estimated()) {
      List<Axis> axes = space == null ? List.of() : space.axes();
      String before = "first: ";
      for (Configuration configuration : first(preview)) {
        lines.add(before + Coordinates.brief(axes, configuration));
        before = "       ";
      }
    }
    return lines;
  }

  private static @Nullable Space space(StudyDefinition definition, Phase phase) {
    CoarseSpec coarse = definition.coarse();
    FineSpec fine = definition.fine();
    Space finer = fine == null ? null : fine.space();
    Space coarser = coarse == null ? null : coarse.space();
    return phase == Phase.COARSE || finer == null ? coarser : finer;
  }

  /** Whether a phase has axes of its own, and does not zoom or pick. */
  private static boolean own(StudyDefinition definition, Phase phase) {
    FineSpec fine = definition.fine();
    return phase == Phase.COARSE || phase == Phase.FINE && fine != null && fine.space() != null;
  }

  /**
   * PlannedPhase ones; what an adaptive phase has yet to decide on has no configuration of its own.
   */
  private static List<Configuration> first(Preview preview) {
    Map<String, Configuration> first = new LinkedHashMap<>();
    preview.all().stream()
        .filter(trial -> trial.key().configuration().equals(trial.configuration().id()))
        .takeWhile(trial -> first.size() < FIRST)
        .forEach(trial -> first.put(trial.configuration().id(), trial.configuration()));
    return List.copyOf(first.values());
  }

  private static String range(Domain domain) {
    if (domain instanceof Domain.Values explicit) {
      List<String> shown = explicit.values().stream().map(Coordinates::brief).toList();
      return String.join(", ", shown.subList(0, Math.min(VALUES, shown.size())))
          + (shown.size() > VALUES ? ", … (%s values)".formatted(shown.size()) : "");
    }
    double low = ends(domain)[0];
    double high = ends(domain)[1];
    int points = Domains.points(domain);
    double step = Domains.step(domain);
    return "%s to %s, %s%s"
        .formatted(
            Decimals.brief(low),
            Decimals.brief(high),
            domain instanceof Domain.Log10
                ? "logarithmic"
                : domain instanceof Domain.Integers ? "whole numbers" : "linear",
            points > 0
                ? ", %s points".formatted(points)
                : step > 0 ? ", in steps of " + Decimals.brief(step) : "");
  }

  private static double[] ends(Domain domain) {
    if (domain instanceof Domain.Log10 log) {
      return new double[] {Decimals.pow10(log.low()), Decimals.pow10(log.high())};
    }
    if (domain instanceof Domain.Linear linear) {
      return new double[] {linear.low(), linear.high()};
    }
    Domain.Integers integers = (Domain.Integers) domain;
    return new double[] {integers.low(), integers.high()};
  }
}
