package dev.sieve.config;

import dev.sieve.config.hocon.Entry;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.Problems;
import dev.sieve.config.hocon.SourcePosition;
import dev.sieve.search.plan.SpaceCount;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.CartesianProduct;
import dev.sieve.search.space.Space;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what phases would run before any of it is made: too much, or nothing, is refused. */
final class Sizes {
  private static final int LEVELS = 100;

  private final ParsedStudy document;
  private final Problems problems;

  Sizes(ParsedStudy document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  /**
   * A phase that searches a space of its own.
   *
   * @param sampler null where it is not known
   * @param configurations how many are drawn; 0 for a grid
   */
  void check(String phase, @Nullable SamplerKind sampler, Space space, int configurations) {
    if (sampler == null || document.doubtful(phase + ".space")) {
      return;
    }
    double count = configurations;
    if (!sampler.counted()) {
      int points = phase.equals("fine") ? pointsOf("fine.points") : 1;
      count = CartesianProduct.size(space, points);
      requireFew(
          count,
          document.place(phase, "space"),
          "a grid may have at most %s configurations, but the points of %s make %s; lower them, or use %s.sampler = random"
              .formatted(SpaceCount.CONFIGURATIONS, phase + ".space", (long) count, phase));
    } else {
      requireFew(phase, configurations);
    }
    requireTrials(phase, count);
    if (count <= SpaceCount.CONFIGURATIONS) {
      requirePossible(phase, sampler, space);
    }
  }

  /** A fine phase that zooms in on the best of coarse: its boxes are not known yet. */
  void checkZoom(@Nullable SamplerKind sampler, Space space, int configurations) {
    if (sampler != null && sampler.counted()) {
      requireFew("fine", configurations);
      requireTrials("fine", configurations);
    } else if (sampler != null && document.says("fine.points")) {
      // At least one axis is a range in a box, if any is in the space.
      double count = pointsOf("fine.points");
      requireFew(
          space.axes().isEmpty() ? 0 : count,
          document.require("fine.points").place(),
          "a grid may have at most %s configurations, but fine.points is %s; lower it, or use fine.sampler = random"
              .formatted(SpaceCount.CONFIGURATIONS, (long) count));
    }
    atMost("fine.levels", LEVELS, "each is searched after the one before");
  }

  void checkFinal(boolean picks) {
    if (picks) {
      atMost("final.top", SpaceCount.CONFIGURATIONS, "the driver lists every one");
    }
    requireTrials("final", picks ? document.whole("final.top") : 1);
  }

  private int pointsOf(String path) {
    Integer points = document.wholeOrNull(path);
    return points == null ? 1 : points;
  }

  private void requireFew(double count, SourcePosition place, String message) {
    if (count > SpaceCount.CONFIGURATIONS) {
      problems.add(place, message);
    }
  }

  private void requireFew(String phase, int configurations) {
    if (configurations > 1) {
      atMost(phase + ".configurations", SpaceCount.CONFIGURATIONS, "the driver lists every one");
    }
  }

  private void atMost(String path, int most, String reason) {
    Entry entry = document.entry(path);
    if (entry != null && entry.value() instanceof Long count && count > most) {
      problems.add(
          entry.place(),
          "%s <= %s must hold (%s), but got %s; lower it".formatted(path, most, reason, count));
    }
  }

  private void requireTrials(String phase, double configurations) {
    Entry replicates = document.require(phase + ".replicates");
    double trials = configurations * document.whole(phase + ".replicates");
    if (trials > SpaceCount.TRIALS && configurations <= SpaceCount.CONFIGURATIONS) {
      problems.add(
          replicates.place(),
          "a phase may have at most %s trials, but %s has %s configurations of %s replicates; lower one of them"
              .formatted(SpaceCount.TRIALS, phase, (long) configurations, replicates.value()));
    }
  }

  private void requirePossible(String phase, SamplerKind sampler, Space space) {
    Entry constraints = document.entry(phase + ".constraints");
    if (constraints == null || document.doubtful(phase + ".constraints")) {
      return;
    }
    List<String> impossible = SpaceCount.impossible(space, sampler);
    if (!impossible.isEmpty()) {
      problems.add(
          constraints.place(),
          "%s.constraints must leave a configuration of the space, but none keeps %s; loosen it, or widen the axes"
              .formatted(phase, String.join(" and ", impossible)));
    }
  }
}
