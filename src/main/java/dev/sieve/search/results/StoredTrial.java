package dev.sieve.search.results;

import dev.sieve.trial.Status;
import dev.sieve.trial.TrialKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trial that has a row.
 *
 * @param validationAccuracy after the last step; null unless finished
 * @param model path of the weights file, or null
 * @param settings every effective setting by path
 */
public record StoredTrial(
    TrialKey key,
    int ordinal,
    Status status,
    @Nullable Double validationAccuracy,
    @Nullable String model,
    Map<String, String> settings) {}
