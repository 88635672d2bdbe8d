package dev.sieve.data.source;

import dev.sieve.data.DataSet;
import dev.sieve.data.cifar.Cifar10;
import dev.sieve.data.cifar.CifarLocation;
import dev.sieve.data.cifar.CifarReader;
import dev.sieve.data.synthetic.SyntheticImages;
import dev.sieve.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the images come from.
 *
 * @param path a folder with CIFAR-10's binary files, a folder with the archive, or the archive
 *     itself; unused for {@code SYNTHETIC}
 * @param said where a user says so, for messages; empty for the defaults
 */
public record DataSource(Kind kind, Path path, String said) {
  /** What the file asks for. */
  public enum Kind {
    /**
     * CIFAR-10 where {@code path} has it, else the synthetic set. What is there of CIFAR-10 but
     * cannot be used is an error, not a reason for the synthetic set.
     */
    AUTO,
    /** As {@code AUTO}, but somebody named {@code path}: CIFAR-10 must be there. */
    NAMED,
    CIFAR_10,
    SYNTHETIC
  }

  /** The most training images that a data set of a kind has. */
  public static int mostImages(Kind kind) {
    return kind == Kind.SYNTHETIC
        ? SyntheticImages.TRAINING
        : Cifar10.BATCH_IMAGES * Cifar10.TRAINING_FILES.size();
  }

  public DataSource {
    path = path.toAbsolutePath().normalize();
  }

  /** One that nobody says. */
  public DataSource(Kind kind, Path path) {
    this(kind, path, "");
  }

  /**
   * The name of the data set that {@link #load} would give, without reading it: {@code cifar-10} or
   * {@code synthetic}.
   *
   * @throws dev.sieve.error.UserException if what {@code path} has can be seen not to be usable
   */
  public String name() {
    return switch (kind) {
      case CIFAR_10 -> Cifar10.NAME;
      case SYNTHETIC -> SyntheticImages.NAME;
      case NAMED -> {
        location();
        yield Cifar10.NAME;
      }
      case AUTO -> location().isPresent() ? Cifar10.NAME : SyntheticImages.NAME;
    };
  }

  /**
   * Reads or generates the data set.
   *
   * @throws dev.sieve.error.UserException if it is missing, incomplete or of another format, with
   *     the remedy
   */
  public DataSet load() {
    Optional<CifarLocation> location = location();
    return location.isPresent()
        ? placed(() -> CifarReader.read(location.get()))
        : SyntheticImages.dataSet();
  }

  /** Where CIFAR-10 is read from; empty where the synthetic set is used. */
  Optional<CifarLocation> location() {
    if (kind == Kind.SYNTHETIC) {
      return Optional.empty();
    }
    return placed(this::find);
  }

  /** A refusal begins with the place of the setting, as that of any setting does. */
  private <T> T placed(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (UserException e) {
      throw said.isEmpty() ? e : new UserException(said + ": " + e.getMessage(), e);
    }
  }

  private Optional<CifarLocation> find() {
    Optional<CifarLocation> location = CifarLocation.find(path);
    if (location.isEmpty() && kind != Kind.AUTO) {
      throw new UserException(
          "%s, but %s: %s%s."
              .formatted(
                  kind == Kind.NAMED
                      ? "data.path must name CIFAR-10's folder or archive"
                      : "data.source = cifar-10 needs CIFAR-10 at data.path",
                  Files.exists(path)
                      ? path + " has nothing of it"
                      : "there is no file or folder " + path,
                  kind == Kind.NAMED
                      ? "check the path, set data.source = synthetic for the images that come with"
                          + " Sieve, or "
                      : "",
                  CifarLocation.REMEDY));
    }
    return location;
  }
}
