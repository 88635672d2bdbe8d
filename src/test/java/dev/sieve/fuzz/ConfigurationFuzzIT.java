package dev.sieve.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.config.Experiment;
import dev.sieve.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands in a study's file and on a command line is accepted, or refused with a message.
 */
final class ConfigurationFuzzIT {
  @TempDir private Path folder;

  @Test
  void everyInputIsAcceptedOrRefusedWithAMessage() throws IOException {
    ConfigurationInputs inputs = new ConfigurationInputs();
    double refused = new Fuzz(FuzzKind.CONFIGURATION, List.of()).run(inputs::of, this::read);
    assertThat(refused).isBetween(0.1, 0.99);
  }

  private void read(ConfigurationInputs.Input input) throws IOException {
    Path file = Files.write(folder.resolve("study.conf"), input.text().getBytes(UTF_8));
    Experiment study;
    try {
      study = Experiment.load(file, input.words());
      study.definition("any", "none");
    } catch (UserException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(20_000).doesNotContain("Exception");
      throw e;
    }
    Path again = Files.writeString(file.resolveSibling("again.conf"), study.text());
    assertThat(Experiment.load(again, List.of()).text()).isEqualTo(study.text());
  }
}
