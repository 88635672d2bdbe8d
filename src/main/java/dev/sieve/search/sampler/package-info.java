/**
 * Which configuration comes next: grid, random, Sobol, TPE, Gaussian process, and what they model.
 * Entry points: {@link dev.sieve.search.sampler.Sampler} and {@link
 * dev.sieve.search.sampler.SamplerKind}. A new sampler goes here. Uses {@code space}.
 */
@NullMarked
package dev.sieve.search.sampler;

import org.jspecify.annotations.NullMarked;
