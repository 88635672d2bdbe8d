package dev.sieve.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandardErrorTest {
  @TempDir private Path folder;

  @Test
  void tracesThatLibrariesPrintGoIntoTheLog() throws IOException {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    Path log = folder.resolve("sieve.log");
    PrintStream err = StandardError.untraced(terminal, log);
    err.println("sieve: one");
    new IllegalStateException("stopped", new IOException("gone")).printStackTrace(err);
    err.printf("sieve: %s%n", "two");
    PrintWriter ours = new PrintWriter(err, true, UTF_8);
    new IllegalStateException("a fault of our own").printStackTrace(ours);

    assertThat(terminal.toString(UTF_8))
        .startsWith("sieve: one\nsieve: two\njava.lang.IllegalStateException: a fault of our own\n")
        .doesNotContain("stopped");
    assertThat(Files.readString(log))
        .startsWith("java.lang.IllegalStateException: stopped\n\tat ")
        .contains("Caused by: java.io.IOException: gone");
  }
}
