/**
 * Who trains on and who stops: halving, Hyperband, ASHA, the budget, and what follows from an
 * outcome. Entry points: {@link dev.sieve.search.scheduler.RungScheduler} and {@link
 * dev.sieve.search.scheduler.SimulatedSearch}. Uses {@code definition}, {@code sampler} and {@code
 * results}.
 */
@NullMarked
package dev.sieve.search.scheduler;

import org.jspecify.annotations.NullMarked;
