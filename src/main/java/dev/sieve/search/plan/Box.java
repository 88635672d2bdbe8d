package dev.sieve.search.plan;

import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.space.Domains;
import dev.sieve.search.space.Space;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of the space around some of the best configurations.
 *
 * @param source the phase that the parents are trials of: {@code coarse}, {@code fine level 1}
 * @param parents none for an explicit space
 */
public record Box(Space space, String source, List<LeaderboardRow> parents) {
  public Box {
    parents = List.copyOf(parents);
  }

  /** The geometry alone: what may not change once trials were drawn from it. */
  String identity() {
    return space.axes().stream()
        .map(axis -> axis.path() + " " + Domains.text(axis.domain()))
        .collect(Collectors.joining("; "));
  }

  /** The geometry and where it comes from. */
  public String text() {
    String lineage =
        parents.stream()
            .map(p -> "trial %s (%s)".formatted(p.trial(), p.configuration()))
            .collect(Collectors.joining(", "));
    return lineage.isEmpty() ? identity() : identity() + " around " + source + " " + lineage;
  }
}
