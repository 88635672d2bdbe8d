/**
 * What a study's tables hold, as the search reads and writes them: {@link
 * dev.sieve.search.results.TrialStore}, the port, and the rows. Uses no other room.
 */
@NullMarked
package dev.sieve.search.results;

import org.jspecify.annotations.NullMarked;
