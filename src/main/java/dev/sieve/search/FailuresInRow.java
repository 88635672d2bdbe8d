package dev.sieve.search;

import dev.sieve.trial.Status;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.util.List;

/**
 * Counts failed and lost trials since the last one that ended otherwise. Those of one group fell
 * together and count once, or one bad trial could stop a study by the size of its group.
 */
final class FailuresInRow {
  private int groups;
  private int trials;
  private boolean anyLost;
  private String last = "";

  void count(List<TrialOutcome> group) {
    if (group.isEmpty()) {
      return;
    }
    if (!group.stream().allMatch(outcome -> fell(outcome.result().status()))) {
      groups = 0;
      trials = 0;
      anyLost = false;
      return;
    }
    groups++;
    trials += group.size();
    TrialOutcome outcome = group.get(group.size() - 1);
    TrialResult result = outcome.result();
    anyLost |= group.stream().anyMatch(o -> o.result().status() == Status.LOST);
    String error = result.error();
    last =
        "trial %s %s: %s"
            .formatted(
                outcome.trial().ordinal(),
                result.status().label(),
                error == null ? "no message" : error.strip().lines().findFirst().orElse(""));
  }

  int groups() {
    return groups;
  }

  /** For people. */
  String text() {
    return "%s trials in a row failed%s, the last: %s"
        .formatted(trials, anyLost ? " or were lost" : "", last);
  }

  private static boolean fell(Status status) {
    return status == Status.FAILED || status == Status.LOST;
  }
}
