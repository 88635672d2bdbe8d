package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.app.cli.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
