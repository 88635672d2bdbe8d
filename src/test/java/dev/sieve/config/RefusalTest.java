package dev.sieve.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several mistakes at once, and what comes of one; single ones are in {@code MistakesTest}. */
class RefusalTest {
  @TempDir private Path folder;

  @Test
  void allProblemsComeAtOnceInTheOrderOfTheFile() {
    StudyFile file =
        StudyFile.of(
            folder,
            "training {",
            "  lambda = -1",
            "  bach-size = 10",
            "  schedule { eta-min = 1, eta = 0.1 }",
            "}",
            "network.init.weights = he",
            "coarse.space.sigma.values = []",
            "coarse.space.lambda.values = [1]");
    String[] starts = {
      "the configuration has 6 problems:",
      "study.conf:2: training.lambda must be",
      "study.conf:3: every key must be known, but training.bach-size is not; did you mean training.batch-size?",
      "study.conf:4: training.schedule.eta-min <=",
      "study.conf:7: an axis must have at least one value",
      "override 'network.init.sigma=3': network.init.sigma needs",
      "override 'nonsense': an override must be path=value",
    };
    List<String> lines = file.refusal("network.init.sigma=3", "nonsense").lines().toList();
    assertThat(lines).hasSameSizeAs(starts);
    for (int i = 0; i < starts.length; i++) {
      assertThat(lines.get(i)).startsWith(starts[i]);
    }
  }

  @Test
  void nothingIsConcludedFromABrokenValue() {
    StudyFile file =
        StudyFile.of(folder, "training.schedule { type = cyclicl, epochs = 3, cycles = 1 }");
    assertThat(file.refusal())
        .isEqualTo(
            "study.conf:1: training.schedule.type must be one of constant, decay, cyclical, but got 'cyclicl'; did you mean cyclical?");
  }

  @Test
  void theDefaultSpaceIsRefusedWhereItHasNoEffect() {
    assertThat(StudyFile.of(folder, "network.init.weights = he").refusal())
        .isEqualTo(
            "default: coarse.space.sigma needs network.init.weights = normal to have an effect, but got he; change that, or name the axes in coarse.space");
  }

  @ParameterizedTest
  @CsvSource({"lambda", "x..y=1", "=1", "a$=1", "''"})
  void malformedOverridesAreRefused(String override) {
    assertThat(StudyFile.of(folder, "study.seed = 1").refusal(override))
        .startsWith("override '" + override + "': an override must be path=value");
  }

  @Test
  void overridesAreNamedAsThePlace() {
    StudyFile file = StudyFile.of(folder, "training.lambda = 1");
    assertThat(file.refusal("training.lambda=-2"))
        .isEqualTo(
            "override 'training.lambda=-2': training.lambda must be a number >= 0, but got -2");
    assertThat(file.refusal("lambda=1"))
        .startsWith("override 'lambda=1': every key must be known, but lambda is not")
        .contains("did you mean training.lambda?");
  }
}
