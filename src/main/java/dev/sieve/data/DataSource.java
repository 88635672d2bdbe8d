package dev.sieve.data;

import java.nio.file.Path;

/**
 * Where the images come from.
 *
 * @param path a folder with CIFAR-10's binary files, a folder with the archive, or the archive
 *     itself; unused for {@code SYNTHETIC}
 */
public record DataSource(Kind kind, Path path) {
  /** What the file asks for. */
  public enum Kind {
    /** CIFAR-10 where {@code path} has it, else the synthetic set. */
    AUTO,
    CIFAR_10,
    SYNTHETIC
  }

  /**
   * The name of the data set that {@link #load} would give, without reading it: {@code cifar-10} or
   * {@code synthetic}.
   */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads or generates the data set.
   *
   * @throws dev.sieve.error.UserException if it is missing, incomplete or of another format, with
   *     the remedy
   */
  public DataSet load() {
    throw new UnsupportedOperationException();
  }
}
