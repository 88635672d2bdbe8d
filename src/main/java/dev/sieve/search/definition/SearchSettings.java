package dev.sieve.search.definition;

import java.time.Duration;

/**
 * How phases are run; no part of the plan but for {@code parallel}.
 *
 * @param parallel trials that run side by side in virtual time, where a phase adapts to outcomes
 * @param maxInFlight groups submitted at once at most; 0: four for each place
 * @param fuse trials trained side by side in one group at most; 0: the engine's choice
 * @param consecutiveFailures so many failed or lost groups in a row stop the study
 * @param hangTimeout a group without a step for so long has failed, or is lost where it waits for
 *     the storage
 */
public record SearchSettings(
    int parallel, int maxInFlight, int fuse, int consecutiveFailures, Duration hangTimeout) {}
