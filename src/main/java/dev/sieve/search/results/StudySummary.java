package dev.sieve.search.results;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A study in one line.
 *
 * @param validationAccuracy of the best search trial that is done; null where there is none
 * @param testAccuracy mean over the final networks; null where there is none
 * @param lastStarted when its last trial began; null without trials
 */
public record StudySummary(
    String study,
    int phases,
    int trials,
    @Nullable Double validationAccuracy,
    @Nullable Double testAccuracy,
    @Nullable Instant lastStarted) {}
