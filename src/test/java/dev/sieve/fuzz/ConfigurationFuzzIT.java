package dev.sieve.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sieve.config.Experiment;
import dev.sieve.error.UserException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands in a study's file and on a command line is accepted, or refused with a message:
 * nothing else is thrown, nothing takes a second or 100 MB. {@code -Dfuzz.inputs} says how many
 * inputs, {@code -Dtests.seed} the first one's number.
 */
class ConfigurationFuzzIT {
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 2_000);
  private static final long SEED = Long.getLong("tests.seed", 1);
  private static final long MOST_NANOS = 1_000_000_000;
  private static final long MOST_BYTES = 100_000_000;

  @TempDir private Path folder;

  @Test
  void everyInputIsAcceptedOrRefusedWithAMessage() throws IOException {
    ConfigurationInputs inputs = new ConfigurationInputs();
    run(inputs.of(0)); // loads the classes
    List<String> failed = new ArrayList<>();
    int accepted = 0;
    for (long number = SEED; number < SEED + INPUTS; number++) {
      ConfigurationInputs.Input input = inputs.of(number);
      String ended = run(input);
      accepted += ended.isEmpty() ? 1 : 0;
      if (ended.startsWith("!")) {
        failed.add("input %s, %s: %s\n%s".formatted(number, input.words(), ended, input.text()));
      }
    }
    assertThat(failed).isEmpty();
    assertThat(accepted).isBetween(INPUTS / 100, INPUTS * 9 / 10);
  }

  /** Empty for what is accepted, the message of what is refused, {@code !} and why for a fault. */
  private String run(ConfigurationInputs.Input input) throws IOException {
    Path file = Files.write(folder.resolve("study.conf"), input.text().getBytes(UTF_8));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long nanos = threads.getCurrentThreadCpuTime();
    long bytes = threads.getThreadAllocatedBytes(thread);
    String ended = load(file, input.words());
    nanos = threads.getCurrentThreadCpuTime() - nanos;
    bytes = threads.getThreadAllocatedBytes(thread) - bytes;
    if (nanos > MOST_NANOS || bytes > MOST_BYTES) {
      return String.format(
          Locale.ROOT, "! took %.1f s and %s bytes; %s", nanos / 1e9, bytes, ended);
    }
    return ended;
  }

  private static String load(Path file, List<String> words) {
    try {
      Experiment study = Experiment.load(file, words);
      study.definition("any", "none");
      Path again = Files.writeString(file.resolveSibling("again.conf"), study.text());
      String text = Experiment.load(again, List.of()).text();
      return text.equals(study.text()) ? "" : "! another text when read again: " + text;
    } catch (UserException e) {
      String message = String.valueOf(e.getMessage());
      boolean sound = !message.isBlank() && message.length() < 20_000;
      return sound && !message.contains("Exception") ? message : "! told: " + message;
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return "! " + e + " at " + List.of(e.getStackTrace()).stream().limit(12).toList();
    }
  }
}
