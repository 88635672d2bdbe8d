package dev.sieve.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sieve.spark.sql.SieveSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** Starts Sieve's scripts as a user does, in processes of their own, or a command in this one. */
final class Launcher {
  static final Path TOP = Path.of("").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** Has executors, which load most of what the driver does, start from its archive of classes. */
  static final String EXECUTOR_ARCHIVE =
      "spark.executor.extraJavaOptions=-XX:SharedArchiveFile="
          + TOP.resolve("target/sieve-training.jsa");

  /** Every process starts from what the first one made, as a user's second command does. */
  private static final class Archives {
    static {
      try (FileChannel lock =
              FileChannel.open(
                  TOP.resolve("target/archives.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (held.isValid() && !made() && System.nanoTime() < deadline) {
          int status =
              new ProcessBuilder(TOP.resolve("submit/archives").toString())
                  .inheritIO()
                  .start()
                  .waitFor();
          if (status != 0) {
            throw new AssertionError("submit/archives ended with status " + status);
          }
          // Another command's maker may be at work.
          TimeUnit.SECONDS.sleep(made() ? 0 : 1);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private Archives() {}

    private static boolean made() throws IOException {
      Path archive = TOP.resolve("target/sieve-reading.jsa");
      return Files.exists(archive)
          && Files.getLastModifiedTime(archive)
                  .compareTo(Files.getLastModifiedTime(TOP.resolve("target/sieve.jar")))
              > 0;
    }

    static void make() {}
  }

  private Launcher() {}

  /** A process that ended, with all that it printed. */
  record Ended(int status, String out, String err) {}

  /** A process that runs, its output in files. */
  record Running(Process process, Path out, Path err) {
    Ended end() throws IOException, InterruptedException {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after " + LIMIT + ": " + printed());
      }
      return new Ended(
          process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    String printed() throws IOException {
      return Files.readString(out, UTF_8) + Files.readString(err, UTF_8);
    }

    /** Waits until something is so, while the process lives. */
    void until(BooleanSupplier condition) throws IOException, InterruptedException {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (!condition.getAsBoolean()) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError("ended, or took too long: " + printed());
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  static Running start(Path scratch, List<String> command) throws IOException {
    return start(scratch, command, TOP);
  }

  /** In another folder than the sources'. */
  static Running start(Path scratch, List<String> command, Path folder) throws IOException {
    Archives.make();
    Path out = Files.createTempFile(scratch, "out", ".txt");
    Path err = Files.createTempFile(scratch, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    return new Running(builder.start(), out, err);
  }

  /** {@code submit/sieve} with these words. */
  static Running sieve(Path scratch, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(TOP.resolve("submit/sieve").toString()));
    command.addAll(List.of(words));
    return start(scratch, command);
  }

  /** The same in this process: for commands of which the launcher is not what is tested. */
  static Ended inProcess(String... words) {
    return inProcess(Sieve.commandLine(), words);
  }

  /** On a line that may be used many times: to make one takes longer than most mistakes. */
  static Ended inProcess(CommandLine line, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int status = line.execute(words);
    return new Ended(status, out.toString(), err.toString());
  }

  /** Every row of trials and epochs without the columns {@code run_*}, as sorted lines. */
  static List<String> table(Path results) throws IOException {
    List<String> lines = new ArrayList<>();
    try (SparkSession spark = SieveSession.reader("table", results.toString())) {
      for (String view : List.of("trials", "epochs")) {
        Dataset<Row> rows = spark.table(view);
        String[] machine =
            Arrays.stream(rows.columns())
                .filter(name -> name.startsWith("run_"))
                .toArray(String[]::new);
        rows.drop(machine).toJSON().collectAsList().forEach(row -> lines.add(view + " " + row));
      }
    }
    Collections.sort(lines);
    return lines;
  }
}
