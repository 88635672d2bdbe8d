package dev.sieve.error;

/**
 * A mistake that the user can mend. The message is complete: the rule, the value that breaks it,
 * where it stands (file and line where there is one) and what to do. The command prints it alone
 * and exits with status 2.
 */
public final class UserException extends RuntimeException {
  public UserException(String message) {
    super(message);
  }

  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
