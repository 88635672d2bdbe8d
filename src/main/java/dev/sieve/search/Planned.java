package dev.sieve.search;

import org.jspecify.annotations.Nullable;

/**
 * A plan and what it was picked from.
 *
 * @param picks null where the file says it all
 * @param search for a phase that adapts, as far as the table's rows lead: its plan grows; else null
 */
record Planned(PhasePlan plan, @Nullable Picks picks, @Nullable VirtualSearch search) {}
