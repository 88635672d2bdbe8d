package dev.sieve.docs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The machine's Python, {@code $SIEVE_PYTHON} or {@code python3}; a test that needs packages which
 * it does not have is skipped and says so.
 */
public final class Python {
  private static final int LIMIT_SECONDS = 120;

  private Python() {}

  /** What a script printed, and how it ended. */
  public record Ended(int status, String out, String err) {}

  /** The command, or else the test is skipped. */
  public static String with(String... modules) throws IOException, InterruptedException {
    String named = System.getenv("SIEVE_PYTHON");
    String python = named == null || named.isEmpty() ? "python3" : named;
    String imports = "import " + String.join(", ", modules);
    boolean found;
    try {
      found = run(List.of(python, "-c", imports), Path.of("")).status() == 0;
    } catch (IOException e) {
      found = false;
    }
    assumeTrue(
        found,
        "skipped: %s has no %s; install them, or set SIEVE_PYTHON to a Python that has"
            .formatted(python, String.join(", no ", modules)));
    return python;
  }

  /** Runs a script in a folder. */
  public static Ended run(String python, String script, Path folder)
      throws IOException, InterruptedException {
    Path file = Files.writeString(Files.createTempFile(folder, "script", ".py"), script);
    return run(List.of(python, file.toString()), folder);
  }

  private static Ended run(List<String> command, Path folder)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toAbsolutePath().toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + command);
      }
      return new Ended(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
