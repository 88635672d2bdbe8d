package dev.sieve.search.sampler;

import dev.sieve.trial.Configuration;

/**
 * What a sampler may know of a configuration that was proposed before.
 *
 * @param score larger is better: the mean validation accuracy of its replicates; NaN unless {@code
 *     SCORED}
 */
public record Observation(Configuration configuration, State state, double score) {
  /** How far a configuration is. */
  enum State {
    RUNNING,
    SCORED,
    /** As bad as can be. */
    DIVERGED,
    /** Nothing is known of it, and it is not proposed again. */
    FAILED
  }

  public Observation {
    if ((state == State.SCORED) != Double.isFinite(score)) {
      throw new IllegalArgumentException(
          "a score must be finite where there is one and NaN else, but got %s for %s"
              .formatted(score, state));
    }
  }

  public static Observation running(Configuration configuration) {
    return new Observation(configuration, State.RUNNING, Double.NaN);
  }

  public static Observation scored(Configuration configuration, double score) {
    return new Observation(configuration, State.SCORED, score);
  }

  public static Observation diverged(Configuration configuration) {
    return new Observation(configuration, State.DIVERGED, Double.NaN);
  }

  public static Observation failed(Configuration configuration) {
    return new Observation(configuration, State.FAILED, Double.NaN);
  }
}
