package dev.sieve.search;

/**
 * The coarse phase.
 *
 * @param configurations how many to draw; 0 for a grid, whose points say it
 */
public record CoarseSpec(SamplerKind sampler, int configurations, int replicates, Space space) {}
