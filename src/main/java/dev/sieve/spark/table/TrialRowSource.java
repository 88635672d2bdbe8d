package dev.sieve.spark.table;

import dev.sieve.data.DataSet;
import dev.sieve.trial.TrialOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What a row of {@code trial_rows} is made from.
 *
 * @param plan the plan's hash
 * @param plannedReplicates how many replicates the plan has of the trial's configuration
 * @param model the trial's weights file, or null
 */
public record TrialRowSource(
    TrialOutcome outcome,
    String plan,
    int plannedReplicates,
    String engine,
    DataSet data,
    @Nullable ModelFile model,
    long commit) {
  /**
   * A written weights file.
   *
   * @param path relative to the results, so that a moved table is the same table
   * @param checksum SHA-256 of its bytes, in hex
   */
  public record ModelFile(String path, String checksum) {}
}
