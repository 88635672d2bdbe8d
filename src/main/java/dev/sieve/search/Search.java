package dev.sieve.search;

import dev.sieve.trial.Phase;
import java.util.List;
import java.util.Map;

/**
 * What a coarse or fine phase searches.
 *
 * @param configurations how many to draw; 0 for grids
 * @param identity the phase's own lines of the plan's identity: sampler, axes, boxes
 * @param box the boxes and where they come from, as text; empty for coarse
 */
record Search(
    Phase phase,
    int level,
    SamplerKind sampler,
    int configurations,
    int replicates,
    List<Space> boxes,
    Map<String, String> identity,
    String box) {}
