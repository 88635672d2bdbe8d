/**
 * The search's loop over phases, from plan to row: {@link dev.sieve.search.Study}, {@link
 * dev.sieve.search.PhaseRun}. Its rooms, each using those after it: {@code plan}, {@code
 * scheduler}, {@code definition}, {@code sampler}, {@code space}; {@code results} and {@code stats}
 * beside. It runs on the driver and knows Spark only through its ports, {@link
 * dev.sieve.search.TrialExecutor} and {@link dev.sieve.search.results.TrialStore}. May use {@code
 * trial}.
 */
@NullMarked
package dev.sieve.search;

import org.jspecify.annotations.NullMarked;
