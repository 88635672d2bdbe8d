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
 * Where under a path one of the data sets lies, found by names, and an archive of another name by
 * how it begins. What is there but cannot be used (another version of the data set, some of its
 * files, half a download) is refused; it never counts as absent, or a run would quietly use the
 * synthetic set.
 */
public sealed interface CifarLocation {
  Path path();

  /** A folder with the six binary files. */
  record Folder(Path path) implements CifarLocation {}

  /** The archive, read as it is. */
  record Archive(Path path) implements CifarLocation {}

  /** Empty where nothing of the data set is at {@code path}. */
  static Optional<CifarLocation> find(Path path, CifarVersion version) {
    requireTarget(path, version);
    if (Files.isDirectory(path)) {
      return inFolder(path, version);
    }
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    String name = path.getFileName().toString();
    refuseOtherVersion(version, name, path);
    refuseHalf(path, version);
    if (!ArchiveContent.isNamedSo(name, version) && !ArchiveContent.is(version, path)) {
      throw new UserException(
          ("data.path must name a folder or the archive %s, but %s is another file: name the"
                  + " folder it lies in, or %s.")
              .formatted(version.archive().file(), path, version.remedy()));
    }
    return Optional.of(new Archive(path));
  }

  private static Optional<CifarLocation> inFolder(Path path, CifarVersion version) {
    Path unpacked = path.resolve(version.folder());
    for (Path folder : List.of(path, unpacked)) {
      if (missing(folder, version).isEmpty()) {
        return Optional.of(new Folder(folder));
      }
    }
    Path archive = path.resolve(version.archive().file());
    if (Files.exists(archive)) {
      return Optional.of(new Archive(archive));
    }
    for (Path folder : List.of(path, unpacked)) {
      refuseIncomplete(folder, version, folder.equals(unpacked));
    }
    for (String name : names(path)) {
      Path file = path.resolve(name);
      boolean whole = !ArchiveContent.isHalf(name);
      if (whole && ArchiveContent.isNamedSo(name, version) && ArchiveContent.is(version, file)) {
        return Optional.of(new Archive(file)); // a second download, or one that a browser unpacked
      }
    }
    for (String name : names(path)) {
      Path file = path.resolve(name);
      if (ArchiveContent.is(version, file)) {
        refuseHalf(file, version); // whatever a browser calls it until it is whole
      }
      refuseUnusable(version, name, file);
    }
    return Optional.empty();
  }

  /** Refuses what was meant to be the data set, by its name, and is not. */
  private static void refuseUnusable(CifarVersion version, String name, Path file) {
    refuseOtherVersion(version, name, file);
    String lower = name.toLowerCase(Locale.ROOT);
    boolean unpacked = lower.equals(version.folder());
    boolean archive = ArchiveContent.beginsAs(name, version) && !Files.isDirectory(file);
    boolean part = version.trainingFiles().contains(lower) || lower.equals(version.testFile());
    if (!archive && !unpacked && !part) {
      return;
    }
    requireTarget(file, version);
    refuseHalf(file, version);
    if (archive) {
      throw new UserException(
          "%s must be %s's archive by its name, but its content is another: remove it and %s."
              .formatted(file, version.title(), version.remedy()));
    }
    if (!lower.equals(name)) {
      throw new UserException(
          "%s's files and their folder must be named in small letters, but %s is not: rename it, or unpack %s again."
              .formatted(version.title(), file, version.archive().file()));
    }
  }

  private static void requireTarget(Path path, CifarVersion version) {
    if (Files.isSymbolicLink(path) && !Files.exists(path)) {
      throw new UserException(
          "A link must lead to a file or folder, but %s leads to none: mount or restore what it names, or remove it and %s."
              .formatted(path, version.remedy()));
    }
  }

  private static void refuseHalf(Path file, CifarVersion version) {
    if (ArchiveContent.isHalf(file.getFileName().toString())) {
      throw new UserException(
          ("A download must be finished before its data can be used, but %s is half of one: finish"
                  + " it, or run %s again (it goes on where it stopped), or"
                  + " remove the file.")
              .formatted(file, version.fetch()));
    }
  }

  private static void refuseIncomplete(Path folder, CifarVersion version, boolean evenIfEmpty) {
    List<String> missing = missing(folder, version);
    boolean some = missing.size() <= version.trainingFiles().size();
    if (some || (evenIfEmpty && Files.isDirectory(folder))) {
      throw new UserException(
          "A folder of %s must hold %s, but %s lacks %s: unpack %s again, or remove the folder and %s."
              .formatted(
                  version.title(),
                  version.files(),
                  folder,
                  String.join(", ", missing),
                  version.archive().file(),
                  version.remedy()));
    }
  }

  private static List<String> missing(Path folder, CifarVersion version) {
    List<String> missing = new ArrayList<>();
    for (String name : version.trainingFiles()) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        missing.add(name);
      }
    }
    if (!Files.isRegularFile(folder.resolve(version.testFile()))) {
      missing.add(version.testFile());
    }
    return missing;
  }

  /**
   * Refuses the files of the Python and MATLAB versions and of the other data set.
   *
   * @param written a file's or folder's name without the folders above it
   * @param where what the message points at
   */
  static void refuseOtherVersion(CifarVersion version, String written, Object where) {
    String name = written.toLowerCase(Locale.ROOT);
    String belongs = version.isTen() ? otherThanTen(name) : otherThanHundred(name);
    if (!belongs.isEmpty()) {
      throw new UserException(
          ("Only the binary version of %s can be read%s, but %s belongs to %s. The right archive"
                  + " is %s: run %s, or put it there by hand.")
              .formatted(
                  version.title(),
                  version.isTen() ? "" : " here",
                  where,
                  belongs,
                  version.archive().file(),
                  version.fetch()));
    }
  }

  private static String otherThanTen(String name) {
    if (name.startsWith("cifar-100-")) {
      return "CIFAR-100 (data.source = cifar-100)";
    }
    if (name.startsWith("cifar-10-python")
        || name.equals("cifar-10-batches-py")
        || name.equals("batches.meta")
        || name.matches("data_batch_\\d|test_batch")) {
      return "the Python version of CIFAR-10";
    }
    if (name.startsWith("cifar-10-matlab")
        || name.equals("cifar-10-batches-mat")
        || name.matches("(data_batch_\\d|test_batch|batches\\.meta)\\.mat")) {
      return "the MATLAB version of CIFAR-10";
    }
    return "";
  }

  private static String otherThanHundred(String name) {
    if (name.startsWith("cifar-10-") || name.matches("data_batch_\\d(\\.bin|\\.mat)?")) {
      return "CIFAR-10";
    }
    if (name.startsWith("cifar-100-python")) {
      return "the Python version of CIFAR-100";
    }
    return name.startsWith("cifar-100-matlab") ? "the MATLAB version of CIFAR-100" : "";
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
