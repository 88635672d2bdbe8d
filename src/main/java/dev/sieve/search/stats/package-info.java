/**
 * What may be said of results: paired comparisons, intervals, importance of axes. Uses {@code
 * results}.
 */
@NullMarked
package dev.sieve.search.stats;

import org.jspecify.annotations.NullMarked;
