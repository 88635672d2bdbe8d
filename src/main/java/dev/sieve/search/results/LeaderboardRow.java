package dev.sieve.search.results;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the view {@code leaderboard}: one configuration, its replicates together.
 *
 * @param rank 1 for the best
 * @param status {@code done} where every planned replicate is done; else the worst of its
 *     replicates
 * @param replicates number of finished replicates
 * @param validationAccuracy mean over the replicates; null where none is finished
 * @param standardError of that mean; null for fewer than two
 * @param trial ordinal of its first replicate
 * @param settings every effective setting by path, from which the configuration's coordinates are
 *     read
 */
public record LeaderboardRow(
    int rank,
    String configuration,
    String status,
    int replicates,
    @Nullable Double validationAccuracy,
    @Nullable Double standardError,
    int trial,
    Map<String, String> settings) {
  /** The same row with a rank. */
  public LeaderboardRow at(int rank) {
    return new LeaderboardRow(
        rank,
        configuration,
        status,
        replicates,
        validationAccuracy,
        standardError,
        trial,
        settings);
  }

  /** Whether it may be picked. */
  public boolean eligible() {
    return status.equals("done");
  }
}
