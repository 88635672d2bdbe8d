package dev.sieve.config;

import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.error.UserException;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A path as a user writes it. A shell expands {@code ~} only where it begins a word, so {@code
 * results.dir=~/x} and a file's own {@code ~/x} come here as they are.
 */
public final class UserPath {
  private static final String URI = "(?s)[A-Za-z][A-Za-z0-9+.-]*:/.*";

  private UserPath() {}

  /** The path with {@code ~} in place of the home folder's name; anything else as it is. */
  public static String expanded(String path) {
    return expanded(path, System::getenv);
  }

  /**
   * The absolute path, or the address, that an option names.
   *
   * @throws UserException if it cannot be used
   */
  public static String of(String option, String path) {
    String problem = problem(path, System::getenv);
    if (problem != null) {
      throw new UserException(option + " " + problem);
    }
    return absolute(path);
  }

  static String expanded(String path, UnaryOperator<@Nullable String> environment) {
    if (!path.equals("~") && !path.startsWith("~/")) {
      return path;
    }
    String home = environment.apply("HOME");
    return (home == null || home.isEmpty() ? System.getProperty("user.home") : home)
        + path.substring(1);
  }

  /** Why a path cannot be used, to follow its key; null for one that can. */
  static @Nullable String problem(String path, UnaryOperator<@Nullable String> environment) {
    if (path.isBlank()) {
      return "must be a path, but it is empty; name one";
    }
    if (path.matches("~[^/].*") || path.startsWith("$")) {
      String other = path.substring(Math.max(0, path.indexOf('/')));
      return "must be a path as it stands (of what a shell expands, only ~/ is read), but got '%s'; write %s"
          .formatted(ParsedStudy.cut(path), path.contains("/") ? "~" + other : "the path itself");
    }
    if (path.matches("(?i)https?:/.*")) {
      return "must be a folder's path or the address of a store that can be written, but got '%s', a page's; name a folder, or hdfs://, s3a:// and the like"
          .formatted(ParsedStudy.cut(path));
    }
    if (File.separatorChar == '/' && path.matches("(?s)[A-Za-z]:\\\\.*|\\\\\\\\.*")) {
      return "must be a path of this machine, but got '%s', one of Windows; write it as it is called here, with slashes%s"
          .formatted(
              ParsedStudy.cut(path),
              path.charAt(0) == '\\'
                  ? ""
                  : ", such as /mnt/%s/%s"
                      .formatted(
                          path.substring(0, 1).toLowerCase(Locale.ROOT),
                          path.substring(3).replace('\\', '/')));
    }
    if (path.matches(URI)) {
      return null; // for the file system that it names to judge
    }
    try {
      Path unused = Path.of(expanded(path, environment));
      return null;
    } catch (InvalidPathException e) {
      return "must be a path that can be named here, but got '%s' (%s); set LC_ALL=C.UTF-8 if it has letters outside ASCII"
          .formatted(ParsedStudy.cut(path), e.getReason());
    }
  }

  /** Why a path cannot be one that the driver itself reads; null for one that can. */
  static @Nullable String notLocal(String path) {
    return path.matches(URI)
        ? "must be a path of this machine (images are read here, and sent to executors), but got '%s'; %s"
            .formatted(
                ParsedStudy.cut(path),
                path.startsWith("file:")
                    ? "write " + path.replaceFirst("file:/+", "/")
                    : "copy the archive here, and name that")
        : null;
  }

  /** The absolute path that a local one stands for; an address as it is. */
  public static String absolute(String path) {
    return absolute(path, System::getenv);
  }

  static String absolute(String path, UnaryOperator<@Nullable String> environment) {
    String expanded = expanded(path, environment);
    return expanded.matches(URI)
        ? expanded
        : Path.of(expanded).toAbsolutePath().normalize().toString();
  }
}
