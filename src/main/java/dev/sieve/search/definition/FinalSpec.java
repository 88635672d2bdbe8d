package dev.sieve.search.definition;

import dev.sieve.trial.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The final training.
 *
 * @param top n ≥ 1: the first n of the leaderboard are trained
 * @param trial a trial of the last finished search phase by its ordinal, instead of the
 *     leaderboard's pick; or null
 * @param configuration explicit values instead of a pick; or null
 */
public record FinalSpec(
    int top, int replicates, @Nullable Integer trial, @Nullable Configuration configuration) {}
