package dev.sieve.data.source;

import dev.sieve.data.DataSet;
import dev.sieve.data.DataShape;
import dev.sieve.data.ImageSet;
import dev.sieve.data.cifar.Cifar10;
import dev.sieve.data.cifar.CifarLocation;
import dev.sieve.data.cifar.CifarReader;
import dev.sieve.data.cifar.CifarVersion;
import dev.sieve.data.folder.ImageFolder;
import dev.sieve.data.idx.IdxFolder;
import dev.sieve.data.idx.IdxReader;
import dev.sieve.data.synthetic.SyntheticImages;
import dev.sieve.data.table.RowReader;
import dev.sieve.data.table.TableOrigin;
import dev.sieve.data.table.TableSet;
import dev.sieve.data.table.TableSource;
import dev.sieve.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the examples come from.
 *
 * @param path a folder with CIFAR's binary files, a folder with the archive, or the archive itself;
 *     the folder of the files for {@code IDX} and {@code IMAGES}; unused for {@code SYNTHETIC} and
 *     {@code TABLE}
 * @param said where a user says so, for messages; empty for the defaults
 * @param table what is read for {@code TABLE}; null for images
 * @param size what images of {@code IMAGES} become; null for others
 */
public record DataSource(
    Kind kind, Path path, String said, @Nullable TableSource table, @Nullable ImageSize size) {
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
    CIFAR_100,
    /** With its twenty coarse labels. */
    CIFAR_100_COARSE,
    SYNTHETIC,
    /** The four files of the MNIST family in a folder. */
    IDX,
    /** Images in one folder a class. */
    IMAGES,
    /** Any table that Spark reads. */
    TABLE
  }

  /**
   * What images become.
   *
   * @param testShare of the images, where they do not lie in {@code train} and {@code test}
   */
  public record ImageSize(int width, int height, double testShare) {}

  /** The most training images that a data set of a kind has, as far as that is known unread. */
  public static int mostImages(Kind kind) {
    return switch (kind) {
      case SYNTHETIC -> SyntheticImages.TRAINING;
      case IDX, IMAGES, TABLE -> Integer.MAX_VALUE;
      case AUTO, NAMED, CIFAR_10, CIFAR_100, CIFAR_100_COARSE -> version(kind).training();
    };
  }

  public DataSource {
    path = path.toAbsolutePath().normalize();
  }

  /** One of images. */
  public DataSource(Kind kind, Path path, String said) {
    this(kind, path, said, null, null);
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
      case CIFAR_10, CIFAR_100, CIFAR_100_COARSE -> version(kind).name();
      case SYNTHETIC -> SyntheticImages.NAME;
      case IDX -> IdxReader.NAME;
      case IMAGES -> ImageFolder.NAME;
      case TABLE -> TableSet.NAME;
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
   * @param rows asked for a table's
   * @throws dev.sieve.error.UserException if it is missing, incomplete or of another format, with
   *     the remedy
   */
  public DataSet load(RowReader rows) {
    TableSource source = table;
    return source == null ? images() : placed(() -> source.load(rows));
  }

  /**
   * Reads or generates images.
   *
   * @throws dev.sieve.error.UserException as {@link #load}, and where this is a table
   */
  public ImageSet images() {
    if (table != null) {
      throw new UserException(
          "this command works on images, but got data.source = table: name another source");
    }
    if (kind == Kind.IDX) {
      return placed(() -> IdxReader.read(IdxFolder.find(path)));
    }
    ImageSize wanted = size;
    if (wanted != null) {
      return placed(
          () -> new ImageFolder(path, wanted.width(), wanted.height(), wanted.testShare()).read());
    }
    Optional<CifarLocation> location = location();
    return location.isPresent()
        ? placed(() -> CifarReader.read(location.get(), version(kind)))
        : SyntheticImages.dataSet();
  }

  /**
   * What a network must know of the images, read from as little of them as will do.
   *
   * @throws dev.sieve.error.UserException as {@link #images()}
   */
  public DataShape shape() {
    if (table != null || size != null) {
      throw new IllegalStateException("the data must be read before their shape is known");
    }
    if (kind == Kind.IDX) {
      return placed(() -> IdxReader.shape(IdxFolder.find(path)));
    }
    CifarVersion version = version(kind);
    return version == CifarVersion.CIFAR_10
        ? DataShape.CIFAR_10
        : new DataShape.Images(
            Cifar10.PIXELS, version.classes(), version.training(), version.testImages());
  }

  /** What the data are read from, for people. */
  public String where() {
    TableSource source = table;
    if (source != null) {
      TableOrigin test = source.testRows();
      return source.rows().text() + (test == null ? "" : " and " + test.text());
    }
    return kind == Kind.IDX || kind == Kind.IMAGES
        ? path.toString()
        : location().map(place -> place.path().toString()).orElse("generated, no file");
  }

  /** Which of the two data sets a kind is; CIFAR-10 for all that are neither. */
  private static CifarVersion version(Kind kind) {
    return switch (kind) {
      case CIFAR_100 -> CifarVersion.CIFAR_100;
      case CIFAR_100_COARSE -> CifarVersion.CIFAR_100_COARSE;
      default -> CifarVersion.CIFAR_10;
    };
  }

  /** Where the data set's files are read from; empty where another set is used. */
  Optional<CifarLocation> location() {
    if (EnumSet.of(Kind.SYNTHETIC, Kind.IDX, Kind.IMAGES, Kind.TABLE).contains(kind)) {
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
    CifarVersion version = version(kind);
    Optional<CifarLocation> location = CifarLocation.find(path, version);
    if (location.isEmpty() && kind != Kind.AUTO) {
      throw new UserException(
          "%s, but %s: %s%s."
              .formatted(
                  kind == Kind.NAMED
                      ? "data.path must name CIFAR-10's folder or archive"
                      : "data.source = %s needs %s at data.path"
                          .formatted(version.title().toLowerCase(Locale.ROOT), version.title()),
                  Files.exists(path)
                      ? path + " has nothing of it"
                      : "there is no file or folder " + path,
                  kind == Kind.NAMED
                      ? "check the path, set data.source = synthetic for the images that come with"
                          + " Sieve, or "
                      : "",
                  version.remedy()));
    }
    return location;
  }
}
