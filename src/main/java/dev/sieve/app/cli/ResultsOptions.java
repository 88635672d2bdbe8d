package dev.sieve.app.cli;

import dev.sieve.app.text.Submit;
import dev.sieve.config.Experiment;
import dev.sieve.config.UserPath;
import dev.sieve.error.UserException;
import dev.sieve.spark.store.StudyFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the tables are. */
public final class ResultsOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "A study's file, for its results folder.")
  private @Nullable Path file;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "The results folder, instead of a file's.")
  private @Nullable String results;

  public String folder() {
    return folder(List.of());
  }

  /**
   * @param overrides {@code key=value} words of the command line
   */
  public String folder(List<String> overrides) {
    if (results == null) {
      return Experiment.load(file, overrides).resultsDir();
    }
    if (!overrides.isEmpty()) {
      throw new UserException(
          "the results folder must be named once, but got --results %s and %s: leave one of them out"
              .formatted(results, String.join(" ", overrides)));
    }
    return UserPath.of("--results", results);
  }

  /**
   * The same, of a folder that may have no study yet.
   *
   * @throws UserException if the folder was named, and is not there
   */
  public String there(List<String> overrides) throws IOException {
    String folder = folder(overrides);
    if (results != null || !overrides.isEmpty()) {
      new StudyFolders(folder).requireThere();
    }
    return folder;
  }

  /**
   * The same, for commands that read studies.
   *
   * @throws UserException if the folder was named, and is not there or has no study in it
   */
  public String existing(List<String> overrides) throws IOException {
    String folder = there(overrides);
    boolean named = results != null || !overrides.isEmpty();
    if (named && new StudyFolders(folder).studies().isEmpty()) {
      throw new UserException(
          "--results must name a folder with results, but %s has no study in it: correct it, or run a study with results.dir=%1$s"
              .formatted(folder));
    }
    return folder;
  }

  /** The options as one would type them again, with a space before; empty for none. */
  public String words() {
    if (results != null) {
      return " --results " + Submit.quoted(results);
    }
    return file == null ? "" : " -c " + Submit.quoted(file.toString());
  }
}
