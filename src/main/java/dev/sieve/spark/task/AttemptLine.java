package dev.sieve.spark.task;

import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.FSError;

/** What a user is told where Spark tries a group again. */
final class AttemptLine {
  private AttemptLine() {}

  static String of(TrialGroup group, GroupTrainer training) {
    Map<TrialKey, Long> kept;
    try {
      kept = training.kept(group.trials());
    } catch (IOException | RuntimeException | FSError e) {
      // The training itself says so.
      kept = Map.of();
    }
    Trial first = group.first();
    long begin = first.stage().from();
    long least = Long.MAX_VALUE;
    for (Trial trial : group.trials()) {
      least = Math.min(least, kept.getOrDefault(trial.key(), begin));
    }
    String names =
        group.size() == 1
            ? "trial %s is tried once more and goes".formatted(first.ordinal())
            : "%s trials from trial %s on are tried once more and go"
                .formatted(group.size(), first.ordinal());
    return least == begin
        ? "%s on from the start".formatted(names)
        : "%s on from step %s of %s".formatted(names, least, first.stage().to());
  }
}
