package dev.sieve.config.hocon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.config.Experiment;
import dev.sieve.config.StudyFile;
import dev.sieve.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoconTest {
  @TempDir private Path folder;

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> Experiment.load(folder.resolve("no.conf"), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            folder.resolve("no.conf")
                + ": the configuration must be a file, but there is none; check the path after -c");
    assertThatThrownBy(() -> Experiment.load(folder, List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must be a file, but there is a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"training {\n lambda = 1\n", "a = 1 }", "a = \"x", "x y\n", "a = @"})
  void syntaxErrorsNameTheirLineAndTheRemedy(String text) {
    assertThat(StudyFile.of(folder, "# first", text).refusal())
        .matches("(?s)study\\.conf:\\d: the configuration must be HOCON, but .*")
        .containsPattern(
            "; (check quotes, braces and brackets up to this line|close (what line 2 opens|the quotes of line 2))$")
        .doesNotContain("Exception")
        .doesNotContain("if you intended");
  }

  @Test
  void includesAreReadFromTheSameFolder() throws IOException {
    Files.writeString(folder.resolve("common.conf"), "training.lambda = 0.25", UTF_8);
    StudyFile file = StudyFile.of(folder, "include \"common.conf\"", "final.values {}");
    assertThat(file.load().text()).contains("training.lambda = 0.25\n");
    Files.writeString(folder.resolve("common.conf"), "\ntraining.lambda = -1", UTF_8);
    assertThat(file.refusal()).startsWith("common.conf:2: training.lambda must be");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"reference.conf\"",
        "include \"nope.conf\"",
        "include file(\"nope.conf\")",
        "include url(\"file:///etc/hostname\")",
        "include classpath(\"nope.conf\")"
      })
  void includesOfWhatIsNoFileThereAreRefused(String include) {
    assertThat(StudyFile.of(folder, include).refusal())
        .startsWith(
            "study.conf: every file of the configuration must be there and readable, but included '")
        .endsWith("; check the path");
  }

  @Test
  void substitutionsSeeTheConfigurationAlone() {
    StudyFile file =
        StudyFile.of(folder, "training.lambda = ${training.schedule.eta}", "final.values {}");
    assertThat(file.load("training.schedule.eta=0.5").text()).contains("training.lambda = 0.5\n");
    for (String name : List.of("PATH", "user.home")) {
      for (String form : List.of("${?" + name + "}/x", "${" + name + "}/x")) {
        assertThat(StudyFile.of(folder, "results.dir = " + form).refusal())
            .startsWith(
                "study.conf: a substitution must name a key of the configuration, but ${"
                    + name
                    + "} is none;");
      }
    }
    assertThat(
            StudyFile.of(folder, "fine.points = ${final.trial}", "final.trial = ${fine.points}")
                .refusal())
        .contains("a substitution must lead to a value, but this one leads back to itself");
  }

  @Test
  void theDataSetsPlaceComesFromTheEnvironmentUnlessTheFileSaysIt() {
    Map<String, String> environment = Map.of(Hocon.CIFAR10, "/somewhere/cifar");
    StudyFile silent = StudyFile.of(folder, "study.seed = 1");
    assertThat(Experiment.load(silent.path(), List.of(), environment::get).data().path())
        .isEqualTo(Path.of("/somewhere/cifar"));
    assertThat(silent.load().data().path()).isEqualTo(Path.of("data/cifar-10").toAbsolutePath());
    StudyFile outspoken = StudyFile.of(folder, "data.path = here");
    assertThat(Experiment.load(outspoken.path(), List.of(), environment::get).data().path())
        .isEqualTo(Path.of("here").toAbsolutePath());
  }

  @Test
  void systemPropertiesDoNotLeakIn() {
    System.setProperty("training.lambda", "0.75");
    try {
      assertThat(StudyFile.defaults().text()).contains("training.lambda = 0.005\n");
    } finally {
      System.clearProperty("training.lambda");
    }
  }
}
