package dev.sieve.reproduce;

import dev.sieve.trial.ConfusionMatrix;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trial as the tables have it.
 *
 * @param settings every effective setting by its path
 * @param figures by column; {@code untrained_} before a column's name is its figure of epoch 0
 * @param divergedEpoch null unless it diverged
 */
public record EvidenceRow(
    String study,
    String phase,
    String configuration,
    int replicate,
    String status,
    Map<String, String> settings,
    Map<String, Double> figures,
    @Nullable Integer divergedEpoch,
    @Nullable ConfusionMatrix confusion) {
  boolean done() {
    return status.equals("done");
  }

  boolean diverged() {
    return status.equals("diverged");
  }
}
