package dev.sieve.data.cifar;

import dev.sieve.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where under a path CIFAR-10 lies, found by names, and an archive of another name by how it
 * begins. What is there but cannot be used (another version of the data set, some of its files,
 * half a download) is refused; it never counts as absent, or a run would quietly use the synthetic
 * set.
 */
public sealed interface CifarLocation {
  Path path();

  /** A folder with the six binary files. */
  record Folder(Path path) implements CifarLocation {}

  /** The archive, read as it is. */
  record Archive(Path path) implements CifarLocation {}

  String REMEDY =
      "run submit/sieve data fetch, or put "
          + Cifar10.ARCHIVE
          + " (\"CIFAR-10 binary version\") there by hand";

  /** Empty where nothing of CIFAR-10 is at {@code path}. */
  static Optional<CifarLocation> find(Path path) {
    requireTarget(path);
    if (Files.isDirectory(path)) {
      return inFolder(path);
    }
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    String name = path.getFileName().toString();
    refuseOtherVersion(name, path);
    refuseHalf(path);
    if (!ArchiveContent.isNamedSo(name) && !ArchiveContent.isCifar10(path)) {
      throw new UserException(
          ("data.path must name a folder or the archive %s, but %s is another file: name the"
                  + " folder it lies in, or %s.")
              .formatted(Cifar10.ARCHIVE, path, REMEDY));
    }
    return Optional.of(new Archive(path));
  }

  private static Optional<CifarLocation> inFolder(Path path) {
    Path unpacked = path.resolve(Cifar10.FOLDER);
    for (Path folder : List.of(path, unpacked)) {
      if (missing(folder).isEmpty()) {
        return Optional.of(new Folder(folder));
      }
    }
    Path archive = path.resolve(Cifar10.ARCHIVE);
    if (Files.exists(archive)) {
      return Optional.of(new Archive(archive));
    }
    for (Path folder : List.of(path, unpacked)) {
      refuseIncomplete(folder, folder.equals(unpacked));
    }
    for (String name : names(path)) {
      Path file = path.resolve(name);
      boolean whole = !ArchiveContent.isHalf(name);
      if (whole && ArchiveContent.isNamedSo(name) && ArchiveContent.isCifar10(file)) {
        return Optional.of(new Archive(file)); // a second download, or one that a browser unpacked
      }
    }
    for (String name : names(path)) {
      Path file = path.resolve(name);
      if (ArchiveContent.isCifar10(file)) {
        refuseHalf(file); // whatever a browser calls it until it is whole
      }
      refuseUnusable(name, file);
    }
    return Optional.empty();
  }

  /** Refuses what was meant to be CIFAR-10, by its name, and is not. */
  private static void refuseUnusable(String name, Path file) {
    refuseOtherVersion(name, file);
    String lower = name.toLowerCase(Locale.ROOT);
    boolean archive = lower.startsWith("cifar-10-binary");
    boolean unpacked = lower.equals(Cifar10.FOLDER);
    boolean part = lower.matches("data_batch_\\d\\.bin|test_batch\\.bin");
    if (!archive && !unpacked && !part) {
      return;
    }
    requireTarget(file);
    refuseHalf(file);
    if (archive) {
      throw new UserException(
          "%s must be CIFAR-10's archive by its name, but its content is another: remove it and %s."
              .formatted(file, REMEDY));
    }
    if (!lower.equals(name)) {
      throw new UserException(
          "CIFAR-10's files and their folder must be named in small letters, but %s is not: rename it, or unpack %s again."
              .formatted(file, Cifar10.ARCHIVE));
    }
  }

  private static void requireTarget(Path path) {
    if (Files.isSymbolicLink(path) && !Files.exists(path)) {
      throw new UserException(
          "A link must lead to a file or folder, but %s leads to none: mount or restore what it names, or remove it and %s."
              .formatted(path, REMEDY));
    }
  }

  private static void refuseHalf(Path file) {
    if (ArchiveContent.isHalf(file.getFileName().toString())) {
      throw new UserException(
          ("A download must be finished before its data can be used, but %s is half of one: finish"
                  + " it, or run submit/sieve data fetch again (it goes on where it stopped), or"
                  + " remove the file.")
              .formatted(file));
    }
  }

  private static void refuseIncomplete(Path folder, boolean evenIfEmpty) {
    List<String> missing = missing(folder);
    boolean some = missing.size() <= Cifar10.TRAINING_FILES.size();
    if (some || (evenIfEmpty && Files.isDirectory(folder))) {
      throw new UserException(
          ("A folder of CIFAR-10 must hold data_batch_1.bin to data_batch_5.bin and test_batch.bin,"
                  + " but %s lacks %s: unpack %s again, or remove the folder and %s.")
              .formatted(folder, String.join(", ", missing), Cifar10.ARCHIVE, REMEDY));
    }
  }

  private static List<String> missing(Path folder) {
    List<String> missing = new ArrayList<>();
    for (String name : Cifar10.TRAINING_FILES) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        missing.add(name);
      }
    }
    if (!Files.isRegularFile(folder.resolve(Cifar10.TEST_FILE))) {
      missing.add(Cifar10.TEST_FILE);
    }
    return missing;
  }

  /**
   * Refuses the files of the Python and MATLAB versions and of CIFAR-100.
   *
   * @param written a file's or folder's name without the folders above it
   * @param where what the message points at
   */
  static void refuseOtherVersion(String written, Object where) {
    String name = written.toLowerCase(Locale.ROOT);
    String version;
    if (name.startsWith("cifar-100-")) {
      version = "CIFAR-100";
    } else if (name.startsWith("cifar-10-python")
        || name.equals("cifar-10-batches-py")
        || name.equals("batches.meta")
        || name.matches("data_batch_\\d|test_batch")) {
      version = "the Python version of CIFAR-10";
    } else if (name.startsWith("cifar-10-matlab")
        || name.equals("cifar-10-batches-mat")
        || name.matches("(data_batch_\\d|test_batch|batches\\.meta)\\.mat")) {
      version = "the MATLAB version of CIFAR-10";
    } else {
      return;
    }
    throw new UserException(
        ("Only the binary version of CIFAR-10 can be read, but %s belongs to %s. The right archive"
                + " is %s: run submit/sieve data fetch, or put it there by hand.")
            .formatted(where, version, Cifar10.ARCHIVE));
  }

  private static Iterable<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      TreeSet<String> names = new TreeSet<>();
      files.forEach(file -> names.add(file.getFileName().toString()));
      return names;
    } catch (IOException e) {
      throw new UserException(
          ("The folder that data.path names must be readable, but %s is not (%s): change its"
                  + " permissions.")
              .formatted(folder, e),
          e);
    }
  }
}
