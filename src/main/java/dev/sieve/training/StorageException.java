package dev.sieve.training;

/**
 * The place of the checkpoints did not take what it was given. That is no fault of the trial's: it
 * trains again elsewhere or later, to the same result.
 */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
