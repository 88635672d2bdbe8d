package dev.sieve.search.definition;

import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fine phase.
 *
 * @param top k ≥ 1: the best configurations of the phase before that are zoomed in on
 * @param space an explicit space instead of a zoom, or null
 * @param points points an axis of a box for {@code grid} and {@code random-grid}; 0 with {@code
 *     random}
 * @param enqueue points that are run first, beside those drawn
 * @param levels how often it zooms: level 2 into the best of level 1, and so on
 */
public record FineSpec(
    int top,
    Zoom zoom,
    SamplerKind sampler,
    int configurations,
    int replicates,
    int points,
    @Nullable Space space,
    List<Configuration> enqueue,
    int levels) {
  public FineSpec {
    enqueue = List.copyOf(enqueue);
  }

  /** A phase of one level without extra points. */
  public FineSpec(
      int top,
      Zoom zoom,
      SamplerKind sampler,
      int configurations,
      int replicates,
      int points,
      @Nullable Space space) {
    this(top, zoom, sampler, configurations, replicates, points, space, List.of(), 1);
  }
}
