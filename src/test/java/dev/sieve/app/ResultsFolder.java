package dev.sieve.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A results folder as its files. */
final class ResultsFolder {
  private ResultsFolder() {}

  /** The same files at another place, which is the answer. */
  static Path copy(Path results, Path copy) throws IOException {
    try (Stream<Path> all = Files.walk(results)) {
      for (Path from : all.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(results.relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    }
    return copy;
  }

  /** Files below a folder, by their paths from the results folder, but for leases. */
  static List<String> files(Path results, String below) throws IOException {
    try (Stream<Path> all = Files.walk(results)) {
      return all.filter(Files::isRegularFile)
          .map(file -> results.relativize(file).toString())
          .filter(file -> ("/" + file).startsWith("/" + below) && !file.endsWith("/lease"))
          .sorted()
          .toList();
    }
  }
}
