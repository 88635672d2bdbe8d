package dev.sieve.training;

/** A training was asked to stop; it has no result. */
public final class TrainingStoppedException extends RuntimeException {
  public TrainingStoppedException() {
    super("the training was asked to stop");
  }
}
