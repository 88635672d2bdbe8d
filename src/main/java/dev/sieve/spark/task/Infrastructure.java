package dev.sieve.spark.task;

import dev.sieve.training.StorageException;
import org.apache.hadoop.fs.FSError;
import org.jspecify.annotations.Nullable;

/**
 * Tells trouble of the machines and the storage from an exception of the trial's own, by its type.
 * The latter is a result; the former ends the attempt, so that Spark makes another one elsewhere.
 *
 * <p>An executor out of memory is the machine's trouble, though a trial's network or the trials
 * beside it may have filled it: the plan says nothing of memory, and the same plan on a larger
 * executor is done. Were it a result, the smallest executor would decide the search for good.
 */
final class Infrastructure {
  /** Ends an attempt; says why in one line. */
  static final class TroubleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TroubleException(String message) {
      // Where it was thrown tells nothing, and a cause such as OutOfMemoryError would end the JVM,
      // with all that trains beside.
      super(message, null, false, false);
    }
  }

  private Infrastructure() {}

  /** What ends the attempt, or null where the exception is the trial's own. */
  static @Nullable RuntimeException trouble(Throwable error) {
    int depth = 0;
    for (Throwable cause = error; cause != null && depth < 20; cause = cause.getCause(), depth++) {
      if (cause instanceof StorageException) {
        return new StorageException(text(cause));
      }
      if (cause instanceof FSError) {
        return new StorageException("the file system failed: " + text(cause));
      }
      if (cause instanceof OutOfMemoryError full) {
        return outOfMemory(full);
      }
      if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
        return new TroubleException("the executor's JVM failed: " + cause);
      }
      if (cause instanceof NoClassDefFoundError
          && cause.getCause() instanceof ClassNotFoundException) {
        return new TroubleException("the executor's jar cannot be read: " + cause);
      }
    }
    return null;
  }

  static RuntimeException outOfMemory(OutOfMemoryError error) {
    return new TroubleException(
        "the executor's JVM ran out of memory (%s): give it more (--executor-memory; --driver-memory in local mode) or train fewer trials side by side (engine.fuse)"
            .formatted(text(error)));
  }

  /** Whether a training waits for the storage: then its silence is not its own. */
  static boolean waitsForStorage(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals(CheckpointFolder.class.getName())) {
        return true;
      }
    }
    return false;
  }

  private static String text(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }
}
