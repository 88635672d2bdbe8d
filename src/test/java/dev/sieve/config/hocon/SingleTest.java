package dev.sieve.config.hocon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.config.StudyFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that single precision cannot hold are refused, those that it can are not. */
class SingleTest {
  @TempDir private Path folder;

  @Test
  void theEndsAreExact() {
    double least = Single.INVERSE_ROOT.least();
    assertThat(least).isBetween(8.6e-78, 8.7e-78);
    assertThat((float) (1 / Math.sqrt(least))).isLessThan(Float.POSITIVE_INFINITY);
    assertThat((float) (1 / Math.sqrt(Math.nextDown(least)))).isInfinite();
    double most = Single.INVERSE_ROOT.most();
    assertThat((float) (1 / Math.sqrt(most))).isPositive();
    assertThat((float) (1 / Math.sqrt(Math.nextUp(most)))).isZero();
    assertThat(Single.ITSELF.least()).isEqualTo(Math.nextUp(0x1p-150));
    assertThat(Single.ITSELF.most()).isEqualTo(Math.nextDown(0x1.ffffffp127));
    assertThat(Single.DOUBLED.least()).isEqualTo(Math.nextUp(0x1p-151));
    assertThat(Single.BELOW_ONE.most()).isEqualTo(Math.nextDown(1 - 0x1p-25));
    assertThat(Single.NONE.holds(1e-300)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network.batch-norm.epsilon | 1e-300 | 0 or at least 8.6361691E-78",
        "network.batch-norm.epsilon | 8.6e-78 | 0 or at least 8.6361691E-78",
        "network.batch-norm.epsilon | 1e91 | at most 2.037",
        "network.batch-norm.decay | 1e-50 | 0 or at least 7.0064924E-46",
        "network.batch-norm.decay | 0.99999999 | at most 0.99999997",
        "network.init.sigma | 1e-60 | 0 or at least 7.0064924E-46",
        "network.init.sigma | 1e38 | at most 3.4028235E37",
        "network.init.bias-sigma | 1e-60 | 0 or at least",
        "training.lambda | 1e-46 | 0 or at least 3.5032462E-46",
        "training.lambda | 1e39 | at most 1.7014117E38",
        "training.optimiser.momentum | 0.999999999 | at most 0.99999997",
        "training.optimiser.beta1 | 1e-200 | 0 or at least",
        "training.optimiser.beta2 | 0.9999999999 | at most 0.99999997",
        "training.optimiser.epsilon | 1e-60 | at least 7.0064924E-46",
        "training.schedule.eta | 1e-46 | at least 7.0064924E-46",
        "training.schedule.eta | 1e300 | at most 3.4028235E38",
        "training.schedule.eta-min | 1e-46 | at least 7.0064924E-46",
      })
  void refusedAsSettingAxisRangeAndPoint(String path, String value, String rule) {
    String expected = "%s must be %s".formatted(path, rule);
    String optimiser = path.endsWith("momentum") ? "momentum" : "adam";
    String type = "training.optimiser.type = " + optimiser;
    assertThat(StudyFile.of(folder, path + " = " + value, type).refusal())
        .contains("study.conf:1: " + expected)
        .contains("single precision")
        .contains("but got " + value);
    String[] axis = {
      "coarse.sampler = random, coarse.configurations = 2", "training.optimiser.type = adam", "",
    };
    axis[2] = "coarse.space { \"%s\" { values = [0.5, %s] } }".formatted(path, value);
    assertThat(StudyFile.of(folder, axis).refusal()).contains("must be " + rule);
    double number = Double.parseDouble(value);
    axis[2] =
        "coarse.space { \"%s\" { linear = [%s, %s] } }"
            .formatted(path, Math.min(number, 0.5), Math.max(number, 0.5));
    assertThat(StudyFile.of(folder, axis).refusal()).contains("must be " + rule);
    String refused =
        StudyFile.of(folder, type, "final.values { \"%s\" = %s }".formatted(path, value)).refusal();
    assertThat(refused).contains("must be " + rule);
  }

  @Test
  void whatIsShownIsAccepted() {
    StudyFile.defaults("network.batch-norm.epsilon=8.6361691E-78");
    StudyFile.defaults("network.batch-norm.epsilon=0");
    StudyFile.defaults("network.batch-norm.decay=0.99999997");
    StudyFile.of(
            folder,
            "training.lambda = 3.5032462E-46",
            "training.schedule.eta = 3.4028235E38",
            "coarse { sampler = grid, space { sigma { values = [0.1, 0.2] } } }")
        .load();
  }

  @Test
  void aLogarithmicAxisMustNotReachZero() {
    assertThat(
            StudyFile.of(
                    folder,
                    "coarse { sampler = random, configurations = 2, space { lambda { log10 = [-400, -1] } } }")
                .refusal())
        .contains("training.lambda must be a number > 0 over the whole axis")
        .contains("reaches 0.0");
    assertThat(
            StudyFile.of(
                    folder,
                    "coarse { sampler = random, configurations = 2, space { lambda { log10 = [-60, -1] } } }")
                .refusal())
        .contains("0 or at least 3.5032462E-46");
  }
}
