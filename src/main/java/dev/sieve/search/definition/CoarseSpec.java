package dev.sieve.search.definition;

import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import java.util.List;

/**
 * The coarse phase.
 *
 * @param configurations how many to draw; 0 for a grid, whose points say it
 * @param enqueue points of the space that are run first, beside those drawn
 */
public record CoarseSpec(
    SamplerKind sampler,
    int configurations,
    int replicates,
    Space space,
    List<Configuration> enqueue) {
  public CoarseSpec {
    enqueue = List.copyOf(enqueue);
  }

  /** A phase without extra points. */
  public CoarseSpec(SamplerKind sampler, int configurations, int replicates, Space space) {
    this(sampler, configurations, replicates, space, List.of());
  }
}
