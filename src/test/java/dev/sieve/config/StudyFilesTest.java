package dev.sieve.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.config.hocon.Key;
import dev.sieve.config.hocon.Keys;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.Initialiser;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FinalSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.TrialSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The study files that come with Sieve, and the reference of every key. */
class StudyFilesTest {
  private static final Configuration NOTHING = new Configuration(new TreeMap<>());
  private static final int OFFICIAL_TEST_IMAGES = 10_000;

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("conf"))) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(StudyFilesTest::isStudy)
          .sorted()
          .toList();
    }
  }

  /** Spark's own settings live in the same folder, and parts that files share. */
  private static boolean isStudy(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith("spark") && !file.endsWith("common.conf");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileLoadsAndSaysWhatItIs(Path file) throws IOException {
    Experiment study = Experiment.load(file, List.of(), name -> null);
    assertThat(study.text()).contains("study.name");
    assertThat(study.coarse() != null || study.last() != null).isTrue();
    assertThat(Files.readString(file)).startsWith("# ");
  }

  @Test
  void theFirstLookCostsLessThanATeraflop() {
    Experiment study = Experiment.load(Path.of("conf/local.conf"), List.of(), name -> null);
    CoarseSpec coarse = study.coarse();
    FineSpec fine = study.fine();
    FinalSpec last = study.last();
    requireNonNull(coarse);
    requireNonNull(fine);
    requireNonNull(last);
    assertThat(coarse.space().axes()).hasSize(3);
    double flops =
        12 * flops(study.resolve(Phase.COARSE, NOTHING))
            + fine.configurations() * fine.replicates() * flops(study.resolve(Phase.FINE, NOTHING))
            + last.top() * last.replicates() * flops(study.resolve(Phase.FINAL, NOTHING));
    assertThat(flops).isBetween(0.1e12, 1e12);
  }

  @Test
  void coarseTrialsOfTheCifarStudyTakeAQuarterOfAMinute() {
    Experiment study = Experiment.load(Path.of("conf/cifar.conf"), List.of(), name -> null);
    assertThat(flops(study.resolve(Phase.COARSE, NOTHING)) / 3e9).isBetween(10.0, 20.0);
    assertThat(flops(study.resolve(Phase.FINE, NOTHING)) / 3e9).isBetween(10.0, 20.0);
    TrialSettings last = study.resolve(Phase.FINAL, NOTHING);
    assertThat(last.data().train()).isEqualTo(49_000);
    assertThat(last.data().validation()).isEqualTo(1_000);
    assertThat(last.training().schedule()).isEqualTo(new Schedule.Cyclical(1e-5, 0.1, 2250, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "3-layer-batch-norm, 3, true",
    "3-layer, 3, false",
    "9-layer-batch-norm, 9, true",
    "9-layer, 9, false"
  })
  void baselinesAreTheReportsSettings(String name, int layers, String batchNorm) {
    Path file = Path.of("conf/baseline/" + name + ".conf");
    Experiment study = Experiment.load(file, List.of(), variable -> null);
    TrialSettings settings = study.resolve(Phase.FINAL, NOTHING);
    assertThat(study.study()).isEqualTo("baseline-" + name);
    assertThat(study.last()).isEqualTo(new FinalSpec(1, 5, null, NOTHING));
    assertThat(settings.network().layers()).isEqualTo(layers);
    BatchNorm normalisation = settings.network().batchNorm();
    assertThat(normalisation != null).isEqualTo(Boolean.parseBoolean(batchNorm));
    assertThat(settings.network().weights())
        .isEqualTo(new Initialiser.Xavier(Initialiser.Xavier.Fan.IN));
    assertThat(settings.training().lambda()).isEqualTo(0.005);
    assertThat(settings.training().schedule()).isEqualTo(new Schedule.Cyclical(1e-5, 0.1, 2250, 2));
    assertThat(settings.data().train()).isEqualTo(45_000);
    assertThat(settings.data().validation()).isEqualTo(5_000);
    assertThat(settings.epochs()).isEqualTo(20);
  }

  @Test
  void everyKeyIsDocumented() throws IOException {
    String reference = Files.readString(Path.of("src/site/markdown/configuration.md"));
    for (Key key : Keys.everyKey()) {
      boolean isOverride = key.path().matches("(coarse|fine|final)\\.(data|training)\\..*");
      if (!isOverride) {
        assertThat(reference).contains("`" + key.path() + "`");
      }
    }
  }

  /** Steps, the evaluations of every epoch, and the full sets at both ends. */
  private static double flops(TrialSettings settings) {
    double forward = settings.network().forwardFlops();
    long rows = settings.epochs() + 1;
    int evaluated =
        settings.data().validation() + (settings.evaluateTest() ? OFFICIAL_TEST_IMAGES : 0);
    return (double) settings.steps()
            * settings.training().batchSize()
            * settings.network().trainingFlops()
        + rows * evaluated * forward
        + 2.0 * settings.data().train() * forward;
  }
}
