package dev.sieve.search;

import org.jspecify.annotations.Nullable;

/**
 * A study as its file has it.
 *
 * @param name with the data set's suffix where the source is {@code auto}
 * @param coarse null where the file has no such phase; likewise fine and last
 * @param last the final phase
 * @param text the effective configuration
 */
public record StudyDefinition(
    String name,
    long seed,
    String engineType,
    String dataName,
    String dataFingerprint,
    @Nullable CoarseSpec coarse,
    @Nullable FineSpec fine,
    @Nullable FinalSpec last,
    SearchSettings search,
    SettingsResolver resolver,
    String text) {}
