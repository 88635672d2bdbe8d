package dev.sieve.app.cli;

import dev.sieve.app.text.Submit;
import dev.sieve.config.Experiment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What names a study on the command line: its file and overrides. */
public final class StudyOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      required = true,
      description = "The study's file.")
  private @Nullable Path file;

  @Parameters(paramLabel = "key=value", description = "Settings that override the file's.")
  private List<String> overrides = List.of();

  public Experiment experiment() {
    return Experiment.load(file, overrides);
  }

  /** The options as one would type them again, each word quoted for a shell where it needs it. */
  String words() {
    StringBuilder words = new StringBuilder("-c ").append(Submit.quoted(String.valueOf(file)));
    overrides.forEach(override -> words.append(' ').append(Submit.quoted(override)));
    return words.toString();
  }
}
