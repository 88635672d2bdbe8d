package dev.sieve.search.definition;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What ends a phase early, whichever comes first; null: no such limit. Without rungs no part of the
 * plan's identity: a budget may be changed later, and the phase goes on or is done.
 *
 * @param trials at most so many; a configuration begins only if all its replicates fit in
 * @param epochs the same of the epochs that trials are planned to take; with rungs, of those that
 *     all are expected to take, or have begun where these are more
 * @param wallClock time that one run of the phase may take; then it is cut
 * @param targetAccuracy mean validation accuracy over a configuration's replicates that is enough
 */
public record Budget(
    @Nullable Integer trials,
    @Nullable Integer epochs,
    @Nullable Duration wallClock,
    @Nullable Double targetAccuracy) {
  public static final Budget NONE = new Budget(null, null, null, null);

  /** Whether an accuracy is enough; NaN, which stands for none, never is. */
  public boolean reachedBy(double accuracy) {
    return targetAccuracy != null && accuracy >= targetAccuracy;
  }

  /** Whether a run that has lasted so long is to be cut. */
  public boolean usedUp(Duration lasted) {
    return wallClock != null && lasted.compareTo(wallClock) >= 0;
  }
}
