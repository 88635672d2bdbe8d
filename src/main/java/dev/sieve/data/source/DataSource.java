package dev.sieve.data.source;

import dev.sieve.data.DataSet;
import dev.sieve.data.ImageShape;
import dev.sieve.data.cifar.Cifar10;
import dev.sieve.data.cifar.CifarLocation;
import dev.sieve.data.cifar.CifarReader;
import dev.sieve.data.idx.IdxFolder;
import dev.sieve.data.idx.IdxReader;
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
 *     itself; the folder of the files for {@code IDX}; unused for {@code SYNTHETIC}
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
    SYNTHETIC,
    /** The four files of the MNIST family in a folder. */
    IDX
  }

  /** The most training images that a data set of a kind has, as far as that is known unread. */
  public static int mostImages(Kind kind) {
    return switch (kind) {
      case SYNTHETIC -> SyntheticImages.TRAINING;
      case IDX -> Integer.MAX_VALUE;
      case AUTO, NAMED, CIFAR_10 -> Cifar10.BATCH_IMAGES * Cifar10.TRAINING_FILES.size();
    };
  }

  public DataSource {
    path = path.toAbsolutePath().normalize();
  }

  /** One that nobody says. */
  public DataSource(Kind kind, Path path) {
    this(kind, path, "");
  }

  /**
   * The name of the data set that {@link #load} would give, without reading it: {@code cifar-10},
   * {@code synthetic} or {@code idx}.
   *
   * @throws dev.sieve.error.UserException if what {@code path} has can be seen not to be usable
   */
  public String name() {
    return switch (kind) {
      case CIFAR_10 -> Cifar10.NAME;
      case SYNTHETIC -> SyntheticImages.NAME;
      case IDX -> IdxReader.NAME;
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
    if (kind == Kind.IDX) {
      return placed(() -> IdxReader.read(IdxFolder.find(path)));
    }
    Optional<CifarLocation> location = location();
    return location.isPresent()
        ? placed(() -> CifarReader.read(location.get()))
        : SyntheticImages.dataSet();
  }

  /**
   * What a network must know of the images, read from as little of them as will do.
   *
   * @throws dev.sieve.error.UserException as {@link #load()}
   */
  public ImageShape shape() {
    return kind == Kind.IDX
        ? placed(() -> IdxReader.shape(IdxFolder.find(path)))
        : ImageShape.CIFAR_10;
  }

  /** What the images are read from, for people. */
  String where() {
    return kind == Kind.IDX
        ? path.toString()
        : location().map(place -> place.path().toString()).orElse("generated, no file");
  }

  /** Where CIFAR-10 is read from; empty where another set is used. */
  Optional<CifarLocation> location() {
    if (kind == Kind.SYNTHETIC || kind == Kind.IDX) {
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
