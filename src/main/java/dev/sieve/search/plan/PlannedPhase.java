package dev.sieve.search.plan;

import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.scheduler.SimulatedSearch;
import org.jspecify.annotations.Nullable;

/**
 * A plan and what it was picked from.
 *
 * @param picks null where the file says it all
 * @param limit which budget leaves configurations out; empty for none
 * @param search for a phase that adapts, as far as the table's rows lead: its plan grows; else null
 */
public record PlannedPhase(
    PhasePlan plan, @Nullable Selection picks, String limit, @Nullable SimulatedSearch search) {
  /** Which budget ends the phase before its configurations do; empty for none, or none yet. */
  public String ending() {
    return search == null ? limit : search.limit();
  }
}
