package dev.sieve.search.definition;

import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a coarse or fine phase searches.
 *
 * @param configurations how many to draw; 0 for grids
 * @param enqueue points that come before those drawn
 * @param identity the phase's own lines of the plan's identity: sampler, axes, boxes
 * @param box the boxes and where they come from, as text; empty for coarse
 */
public record SearchSpec(
    Phase phase,
    int level,
    SamplerKind sampler,
    int configurations,
    int replicates,
    List<Configuration> enqueue,
    List<Space> boxes,
    Map<String, String> identity,
    String box) {
  /** Paths of the axes, the same in every box. */
  public Set<String> axes() {
    return boxes.get(0).byPath().keySet();
  }
}
