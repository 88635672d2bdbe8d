package dev.sieve.data.idx;

import dev.sieve.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The four files of a data set of the MNIST family in a folder, found by their names: {@code
 * train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, the same with {@code t10k} (or {@code
 * test}) for the test set, as published or with a point for the second hyphen, with {@code .gz} or
 * unpacked, behind a prefix or not ({@code emnist-letters-train-images-idx3-ubyte.gz}).
 */
public record IdxFolder(
    Path path, Path trainImages, Path trainLabels, Path testImages, Path testLabels) {
  private static final String REMEDY =
      "put train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte there, with .gz or unpacked";

  /**
   * Finds them.
   *
   * @throws UserException if they are not there, or more than one set is
   */
  public static IdxFolder find(Path path) {
    if (!Files.isDirectory(path)) {
      throw new UserException(
          "data.source = idx needs data.path to name the folder of the four files, but %s: %s"
              .formatted(
                  Files.exists(path) ? path + " is a file" : "there is no folder " + path, REMEDY));
    }
    List<Path> all = files(path);
    return new IdxFolder(
        path,
        one(path, all, "train", "images-idx3-ubyte"),
        one(path, all, "train", "labels-idx1-ubyte"),
        one(path, all, "t10k|test", "images-idx3-ubyte"),
        one(path, all, "t10k|test", "labels-idx1-ubyte"));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UserException(
          "the folder that data.path names must be readable, but %s is not (%s): change its permissions"
              .formatted(folder, e),
          e);
    }
  }

  private static Path one(Path folder, List<Path> all, String set, String kind) {
    String name = "(.*[-_])?(%s)-%s".formatted(set, kind.replaceFirst("-", "[-.]"));
    List<Path> unpacked = named(all, name);
    List<Path> packed = new ArrayList<>(named(all, name + "\\.gz"));
    // The same file unpacked beside its archive is one file.
    packed.removeIf(
        file -> unpacked.contains(file.resolveSibling(text(file).replaceFirst("\\.gz$", ""))));
    List<Path> found = Stream.concat(unpacked.stream(), packed.stream()).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    String wanted = set.replaceFirst("\\|.*", "") + "-" + kind;
    if (found.isEmpty()) {
      throw new UserException(
          "data.source = idx needs the four files of a set in data.path, but %s has no %s: %s"
              .formatted(folder, wanted, REMEDY));
    }
    throw new UserException(
        "data.path must have the files of one set, but %s has %s: give each set a folder of its own"
            .formatted(
                folder, found.stream().map(IdxFolder::text).collect(Collectors.joining(", "))));
  }

  private static List<Path> named(List<Path> all, String pattern) {
    return all.stream().filter(f -> text(f).toLowerCase(Locale.ROOT).matches(pattern)).toList();
  }

  private static String text(Path file) {
    return file.getFileName().toString();
  }
}
