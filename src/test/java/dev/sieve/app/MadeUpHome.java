package dev.sieve.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A checkout whose jars are empty and whose java is a script: the launcher's own doings are seen
 * without a JVM, in milliseconds. What stands in for the driver prints its words, what it finds on
 * its descriptors and in its environment, and ends with status 7.
 */
final class MadeUpHome implements AutoCloseable {
  private static final String JAVA =
      """
      #!/bin/bash
      case "$*" in
        -version) printf '%%s\\n' 'openjdk version "%s" 2021-01-01' >&2 ;;
        *org.apache.spark.launcher.Main*)
          printf '\\0\\n%%s\\0driver\\0' "$0"
          while [ "$1" != org.apache.spark.deploy.SparkSubmit ]; do shift; done
          printf '%%s\\0' "${@:2}" ;;
        *driver*)
          echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
          echo 'the JVM is ill' >&2
          if [ -n "$SIEVE_STDERR" ]; then echo 'sieve: said past the filter' >&"$SIEVE_STDERR"; fi
          printf '<%%s>' "$@"
          printf '\\nLC_ALL=%%s\\nlog=%%s\\nsubmit=%%s\\n' "${LC_ALL-}" "$SIEVE_LOG" "$SIEVE_SUBMIT"
          for i in 0 1 "${SIEVE_STDERR:-9}"; do if [ -t "$i" ]; then echo "terminal $i"; fi; done
          exit 7 ;;
      esac
      """;

  final Path folder;
  final Path scratch;

  /** Variables of the process; a null is one that is not there. */
  final Map<String, String> environment = new TreeMap<>();

  MadeUpHome(Path scratch) throws IOException {
    this.scratch = scratch;
    folder = scratch.resolve("a home, ö");
    try (Stream<Path> scripts = Files.list(Launcher.TOP.resolve("submit"))) {
      for (Path script : scripts.toList()) {
        executable("submit/" + script.getFileName(), Files.readString(script));
      }
    }
    write("target/sieve.jar", "");
    spark("4.1.3");
    environment.put("JAVA_HOME", java("jdk", "17.0.2").toString());
    environment.put("PATH", tools().toString());
    for (String name : List.of("SPARK_HOME", "LC_ALL", "CDPATH", "COLUMNS")) {
      environment.put(name, null);
    }
    environment.put("LANG", "C.UTF-8");
    environment.put("SIEVE_ARCHIVES", "off");
  }

  Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, text);
  }

  Path executable(String name, String text) throws IOException {
    Path file = write(name, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    return file;
  }

  /** The version of the Spark that lies in target/spark. */
  void spark(String version) throws IOException {
    Path jars = folder.resolve("target/spark/jars");
    if (Files.exists(jars)) {
      try (Stream<Path> old = Files.list(jars)) {
        for (Path jar : old.toList()) {
          Files.delete(jar);
        }
      }
    }
    write("target/spark/jars/spark-core_2.13-" + version + ".jar", "");
  }

  /** A JAVA_HOME whose java says that it is of a version. */
  Path java(String name, String version) throws IOException {
    executable(name + "/bin/java", JAVA.formatted(version));
    return folder.resolve(name);
  }

  /** What a system has, but no java, no mvn and no spark-submit. */
  private Path tools() throws IOException {
    Path bin = Files.createDirectories(scratch.resolve("bin"));
    for (String tool :
        List.of(
            "bash",
            "sh",
            "readlink",
            "find",
            "grep",
            "locale",
            "nice",
            "sed",
            "sleep",
            "stty",
            "cat")) {
      for (String place : List.of("/usr/bin/", "/bin/")) {
        if (Files.exists(Path.of(place + tool)) && !Files.exists(bin.resolve(tool))) {
          Files.createSymbolicLink(bin.resolve(tool), Path.of(place + tool));
        }
      }
    }
    return bin;
  }

  /** Before the folder goes: links that lead out of it. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> links = Files.list(scratch.resolve("bin"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }

  /** Runs words of a shell in a folder; {@code $HOME_SUBMIT} is the scripts' one. */
  Launcher.Ended run(Path in, String words) throws IOException, InterruptedException {
    Path out = Files.createTempFile(scratch, "out", ".txt");
    Path err = Files.createTempFile(scratch, "err", ".txt");
    // To the end of the pipe: what the launcher's filter hands on may come after the process's end.
    String piped =
        "{ %s\n} 2>&1 >'%s' | cat >'%s'; exit ${PIPESTATUS[0]}".formatted(words, out, err);
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", "-c", piped)
            .directory(in.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("HOME_SUBMIT", folder.resolve("submit").toString());
    environment.forEach(
        (name, value) -> {
          if (value == null) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    return new Launcher.Ended(
        builder.start().waitFor(), Files.readString(out), Files.readString(err));
  }
}
