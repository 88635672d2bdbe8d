/**
 * What is searched: axes and their scales, domains, points, constraints; a configuration's
 * coordinates in the unit cube. Entry point: {@link dev.sieve.search.space.Space}. The lowest room
 * of the search.
 */
@NullMarked
package dev.sieve.search.space;

import org.jspecify.annotations.NullMarked;
