package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.app.cli.ExitStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A checkout, results and an answer at paths outside ASCII, in plain C's locale. */
final class LauncherIT {
  private static final Path RESULTS =
      Launcher.TOP.resolve("src/test/resources/tables/0.1.0").toAbsolutePath();

  @TempDir private Path scratch;

  @Test
  void aPathOutsideAsciiAndNothingButTheAnswer() throws IOException, InterruptedException {
    Path home = Files.createDirectories(scratch.resolve("ein Käfig"));
    for (String name : List.of("submit", "conf")) {
      copy(Launcher.TOP.resolve(name), home.resolve(name));
    }
    Files.createDirectories(home.resolve("target/spark"));
    Files.createSymbolicLink(
        home.resolve("target/sieve.jar"), Launcher.TOP.resolve("target/sieve.jar"));
    Path jars = home.resolve("target/spark/jars");
    Files.createSymbolicLink(jars, Launcher.TOP.resolve("target/spark/jars"));
    Path stand = Files.createDirectories(scratch.resolve("stand"));
    Path results = scratch.resolve("Ergebnisse λ 結果");
    copy(RESULTS, results);
    try {
      Launcher.Ended answer =
          query(home, stand, results, "SELECT \"λ of '${env:HOME}'\" AS a FROM trials LIMIT 1");
      assertThat(answer.err()).isEmpty();
      assertThat(answer.out()).contains("λ of '${env:HOME}'").contains("1 row");
      assertThat(answer.status()).isZero();

      Launcher.Ended refusal =
          query(home, stand, results, "SELECT length(repeat(study, 2147483647)) FROM trials");
      assertThat(refusal.err().lines().toList())
          .as(refusal.err())
          .first()
          .asString()
          .startsWith("sieve: a query must be one that can be computed, but ");
      assertThat(refusal.err()).doesNotContain("WARNING").doesNotContain("\tat ");
      assertThat(refusal.status()).isEqualTo(ExitStatus.USER_ERROR);
      try (Stream<Path> left = Files.list(stand)) {
        assertThat(left).isEmpty();
      }
    } finally {
      Files.delete(jars);
      Files.delete(home.resolve("target/sieve.jar"));
    }
  }

  /** At any moment, whatever Spark's own hooks do to the session meanwhile. */
  @ParameterizedTest
  @CsvSource({"INT, query, x.csv", "TERM, query, x.parquet", "TERM, serve, none"})
  void aCommandThatKeepsNothingEndsAtOnceWithOneLine(String signal, String command, String output)
      throws IOException, InterruptedException {
    Path results = scratch.resolve("results");
    copy(RESULTS, results);
    String folder = results.toString();
    boolean serves = command.equals("serve");
    String sql = "SELECT sum(id) FROM range(10000000000000)";
    String file = scratch + "/" + output;
    Launcher.Running running =
        serves
            ? Launcher.sieve(scratch, "serve", "--port", "0", "--results", folder)
            : Launcher.sieve(scratch, "query", "--results", folder, "--output", file, sql);
    running.until(() -> serves ? printed(running).contains("serving ") : begun());
    new ProcessBuilder("kill", "-" + signal, "" + running.process().pid()).start().waitFor();
    Launcher.Ended ended = running.end();
    assertThat(ended.err()).isEqualTo("sieve: stopped\n");
    assertThat(ended.status()).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(begun()).as("something is left behind").isFalse();
  }

  /** Whether a query writes its file, which has another name until it is whole. */
  private boolean begun() {
    String[] names = scratch.toFile().list((folder, name) -> name.startsWith(".sieve-"));
    return names != null && names.length > 0;
  }

  private static String printed(Launcher.Running running) {
    try {
      return running.printed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.resolveSibling(""));
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private Launcher.Ended query(Path home, Path stand, Path results, String sql)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "env",
            "-u",
            "SPARK_HOME",
            "LC_ALL=C",
            "SIEVE_ARCHIVES=off",
            "sh",
            home.resolve("submit/query").toString(),
            "--results",
            results.toString(),
            sql);
    return Launcher.start(scratch, command, stand).end();
  }
}
