package dev.sieve.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sieve.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a study's file and loads it, without the machine's environment. */
public record StudyFile(Path path) {
  public static StudyFile of(Path folder, String... lines) {
    try {
      return new StudyFile(
          Files.write(folder.resolve("study.conf"), String.join("\n", lines).getBytes(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Experiment load(String... overrides) {
    return Experiment.load(path, List.of(overrides), name -> null);
  }

  /** The message of the refusal, with the file's path cut to its name. */
  public String refusal(String... overrides) {
    UserException refusal = catchThrowableOfType(UserException.class, () -> load(overrides));
    if (refusal == null) {
      throw new AssertionError("the file was accepted");
    }
    return String.valueOf(refusal.getMessage()).replace(path.getParent() + "/", "");
  }

  public static Experiment defaults(String... overrides) {
    return Experiment.load(null, List.of(overrides), name -> null);
  }
}
