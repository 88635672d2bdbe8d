package dev.sieve.data.cifar;

/** A try to download something failed at the other end or on the way, not at our disk. */
final class TransferException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean isFinal;

  private TransferException(String reason, boolean isFinal) {
    super(reason);
    this.isFinal = isFinal;
  }

  /** Another try may go better. */
  static TransferException passing(String reason) {
    return new TransferException(reason, false);
  }

  /** Another try would end alike. */
  static TransferException lasting(String reason) {
    return new TransferException(reason, true);
  }

  boolean isFinal() {
    return isFinal;
  }
}
