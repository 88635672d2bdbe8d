package dev.sieve.search;

import org.jspecify.annotations.Nullable;

/** A plan and what it was picked from; null where the file says it all. */
record Planned(PhasePlan plan, @Nullable Picks picks) {}
