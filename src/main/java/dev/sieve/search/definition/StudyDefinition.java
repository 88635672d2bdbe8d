package dev.sieve.search.definition;

import dev.sieve.trial.Phase;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A study as its file has it.
 *
 * @param name with the data set's suffix where the source is {@code auto}
 * @param dataParts of what the fingerprint is made, for people
 * @param coarse null where the file has no such phase; likewise fine and last
 * @param last the final phase
 * @param budgets of phases; one that is not there has no limit
 * @param text the effective configuration
 */
public record StudyDefinition(
    String name,
    long seed,
    String engineType,
    String dataName,
    String dataFingerprint,
    SortedMap<String, String> dataParts,
    @Nullable CoarseSpec coarse,
    @Nullable FineSpec fine,
    @Nullable FinalSpec last,
    SearchSettings search,
    Map<Phase, Budget> budgets,
    SettingsResolver resolver,
    String text) {
  public StudyDefinition {
    budgets = Map.copyOf(budgets);
  }

  public Budget budget(Phase phase) {
    return budgets.getOrDefault(phase, Budget.NONE);
  }
}
