/**
 * The search itself: axes and space, samplers, zoom from coarse to fine, plans and their hashes,
 * ranking, the study loop. It runs on the driver and knows Spark only through its ports, {@link
 * dev.sieve.search.TrialExecutor} and {@link dev.sieve.search.TrialStore}. May use {@code trial}.
 */
@NullMarked
package dev.sieve.search;

import org.jspecify.annotations.NullMarked;
