package dev.sieve.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.ImageSet;
import dev.sieve.data.source.DataSource;
import dev.sieve.error.UserException;
import dev.sieve.search.definition.Budget;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FinalSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.search.definition.Zoom;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentTest {
  private static final Configuration NOTHING = new Configuration(new TreeMap<>());

  @TempDir private Path folder;

  private static Axis axis(String label, String path, Domain domain) {
    return new Axis(path, label, domain);
  }

  private static Domain values(double... numbers) {
    return new Domain.Values(
        java.util.Arrays.stream(numbers).<AxisValue>mapToObj(AxisValue.Number::new).toList());
  }

  @Test
  void theDefaultStudySearchesLambdaEtaAndSigmaAsAGrid() {
    Experiment study = StudyFile.defaults();
    assertThat(study.coarse())
        .isEqualTo(
            new CoarseSpec(
                SamplerKind.GRID,
                0,
                1,
                new Space(
                    List.of(
                        axis("lambda", "training.lambda", new Domain.Log10(-5, -1, 4)),
                        axis("eta", "training.schedule.eta", new Domain.Log10(-2.5, -0.5, 3)),
                        axis("sigma", "network.init.sigma", values(1e-4, 1e-3, 1e-2))))));
    assertThat(study.fine())
        .isEqualTo(new FineSpec(3, new Zoom.Boxes(0.25, true), SamplerKind.RANDOM, 16, 3, 0, null));
    assertThat(study.last()).isEqualTo(new FinalSpec(1, 5, null, null));
    assertThat(study.search()).isEqualTo(new SearchSettings(4, 0, 0, 5, Duration.ofMinutes(10)));
    assertThat(study.seed()).isEqualTo(1);
    assertThat(study.engineType()).isEqualTo("vector");
    assertThat(study.resultsDir()).isEqualTo(Path.of("data/results").toAbsolutePath().toString());
    assertThat(study.data())
        .isEqualTo(new DataSource(DataSource.Kind.AUTO, Path.of("data/cifar-10")));
  }

  @Test
  void equalNetworksAreToldWhereTheyAreSome() {
    String placements = "\"network.batch-norm.placement\".values = [none, before-activation]";
    String shapes = "\"network.hidden\".values = ";
    StudyFile some =
        StudyFile.of(folder, "coarse {", "space {", shapes + "[[], [5]]", placements, "}", "}");
    assertThat(some.load().notes())
        .containsExactly(
            some.path()
                + ":3: networks without hidden layers have nothing to normalise, so of the"
                + " configurations of coarse with network.hidden = [] those that differ in"
                + " network.batch-norm.placement alone are equal and trained 2 times; to train them"
                + " once, take [] out of the axis");
    assertThat(
            StudyFile.of(
                    folder,
                    "fine.sampler = grid",
                    "fine.space { " + shapes + "[[], [5]]",
                    placements,
                    "}")
                .load())
        .satisfies(study -> assertThat(study.notes().get(0)).contains("configurations of fine "));
    for (String axes :
        List.of(shapes + "[[], [5]]", placements, shapes + "[[4], [5]], " + placements)) {
      assertThat(StudyFile.of(folder, "coarse.space { " + axes + " }").load().notes()).isEmpty();
    }
  }

  @Test
  void aPhasesImagesMustBeThere() {
    ImageSet data = new DataSource(DataSource.Kind.SYNTHETIC, folder).images();
    StudyFile file =
        StudyFile.of(
            folder, "data.train = 9000", "coarse.data.train = 500", "fine.data.validation = 2000");
    file.load().requireFits(data, Phase.COARSE);
    for (Phase phase : List.of(Phase.FINE, Phase.FINAL)) {
      assertThatThrownBy(() -> file.load().requireFits(data, phase))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(
              file.path() + ":1: data.train + data.validation <= 10000 must hold");
    }
  }

  @Test
  void aFileHasThePhasesThatItNames() {
    Experiment study = StudyFile.of(folder, "coarse {}").load();
    assertThat(study.coarse()).isNotNull();
    assertThat(study.fine()).isNull();
    assertThat(study.last()).isNull();
    assertThat(StudyFile.of(folder, "coarse {}, fine {}").load("fine=null").fine()).isNull();
    assertThat(StudyFile.defaults("fine=null").coarse()).isNotNull();
    assertThat(StudyFile.defaults("fine=null").fine()).isNull();
  }

  @Test
  void theNameCarriesNoSuffixWhereTheSourceIsNamed() {
    Experiment study = StudyFile.of(folder, "study.name = a.B_1-c, data.source = synthetic").load();
    assertThat(study.study()).isEqualTo("a.B_1-c");
    assertThat(study.data().kind()).isEqualTo(DataSource.Kind.SYNTHETIC);
  }

  @Test
  void everyKindOfAxisIsReadInTheFixedOrder() {
    CoarseSpec coarse =
        StudyFile.of(
                folder,
                "training.optimiser.type = momentum",
                "coarse.space {",
                "  \"training.optimiser.momentum\" { linear = [0.1, 0.9], step = 0.2 }",
                "  \"training.batch-size\" { integer = [50, 100], step = 25 }",
                "  \"network.hidden\" { values = [[50, 50], [100], []] }",
                "  \"network.batch-norm.affine\" { values = [true, false] }",
                "  sigma { log10 = [-3, -1], step = 0.5 }",
                "  eta { values = [0.1, 0.01] }",
                "  lambda { linear = [0, 1], points = 5 }",
                "}")
            .load()
            .coarse();
    requireNonNull(coarse);
    assertThat(coarse.space().axes())
        .containsExactly(
            axis("lambda", "training.lambda", new Domain.Linear(0, 1, 5)),
            axis("eta", "training.schedule.eta", values(0.1, 0.01)),
            axis("sigma", "network.init.sigma", new Domain.Log10(-3, -1, 5)),
            new Axis(
                "network.batch-norm.affine",
                "network.batch-norm.affine",
                new Domain.Values(List.of(new AxisValue.Text("true"), new AxisValue.Text("false"))),
                List.of(new Axis.Need("network.hidden", List.of("[]"), false))),
            axis(
                "network.hidden",
                "network.hidden",
                new Domain.Values(
                    List.of(
                        new AxisValue.Text("[50,50]"),
                        new AxisValue.Text("[100]"),
                        new AxisValue.Text("[]")))),
            axis("training.batch-size", "training.batch-size", new Domain.Integers(50, 100, 3)),
            axis(
                "training.optimiser.momentum",
                "training.optimiser.momentum",
                new Domain.Linear(0.1, 0.9, 5)));
  }

  @Test
  void aFilesSpaceReplacesTheDefaultOneAndNullTakesAnAxisAway() {
    assertThat(labels(StudyFile.of(folder, "coarse.space.eta.values = [0.1]").load()))
        .containsExactly("eta");
    assertThat(labels(StudyFile.defaults("coarse.space.sigma=null")))
        .containsExactly("lambda", "eta");
    StudyFile two = StudyFile.of(folder, "coarse.space { eta.values = [0.1], sigma.values = [1] }");
    assertThat(labels(two.load("coarse.space.sigma=null"))).containsExactly("eta");
    assertThat(labels(two.load("coarse.space.lambda={values=[1]}")))
        .containsExactly("lambda", "eta", "sigma");
  }

  private static List<String> labels(Experiment study) {
    CoarseSpec coarse = study.coarse();
    return coarse == null ? List.of() : coarse.space().axes().stream().map(Axis::label).toList();
  }

  @Test
  void randomSamplersTakeRangesWithoutPoints() {
    StudyFile file = StudyFile.of(folder, "coarse { sampler = random, configurations = 10 }");
    CoarseSpec coarse = file.load().coarse();
    requireNonNull(coarse);
    assertThat(coarse.configurations()).isEqualTo(10);
    assertThat(coarse.space().axes().get(0).domain()).isEqualTo(new Domain.Log10(-5, -1, 0));
  }

  @Test
  void fineMayZoomToOneBoxOrHaveItsOwnSpace() {
    FineSpec range =
        StudyFile.of(
                folder,
                "coarse {}, fine { top = 5, zoom { margin = 0.5, clip = false }, sampler = random-grid, points = 2 }")
            .load()
            .fine();
    assertThat(range)
        .isEqualTo(
            new FineSpec(5, new Zoom.Range(0.5, false), SamplerKind.RANDOM_GRID, 0, 3, 2, null));
    FineSpec own =
        StudyFile.of(
                folder, "fine { sampler = grid, space.eta { linear = [0.1, 0.2], points = 2 } }")
            .load()
            .fine();
    requireNonNull(own);
    assertThat(own.space())
        .isEqualTo(
            new Space(
                List.of(axis("eta", "training.schedule.eta", new Domain.Linear(0.1, 0.2, 2)))));
  }

  @Test
  void finalTakesATrialOrValues() {
    assertThat(StudyFile.of(folder, "coarse {}, final.trial = 7").load().last())
        .isEqualTo(new FinalSpec(1, 5, 7, null));
    FinalSpec last =
        StudyFile.of(folder, "final.values { lambda = 1, \"network.hidden\" = [7] }").load().last();
    requireNonNull(last);
    assertThat(last.configuration())
        .isEqualTo(
            configuration(
                Map.of(
                    "training.lambda", new AxisValue.Number(1),
                    "network.hidden", new AxisValue.Text("[7]"))));
    FinalSpec plain = StudyFile.of(folder, "final { values {} }").load().last();
    requireNonNull(plain);
    assertThat(plain.configuration()).isEqualTo(NOTHING);
  }

  @Test
  void aPhaseHasTheBudgetThatItsFileGivesIt() {
    Experiment study =
        StudyFile.of(
                folder,
                "coarse.budget { trials = 9, wall-clock = 90 s }",
                "fine { levels = 3, budget { epochs = 40, target-accuracy = 0.5 } }, final {}")
            .load();
    assertThat(study.budgets())
        .isEqualTo(
            Map.of(
                Phase.COARSE, new Budget(9, null, Duration.ofSeconds(90), null),
                Phase.FINE, new Budget(null, 40, null, 0.5)));
    assertThat(study.fine()).extracting(FineSpec::levels).isEqualTo(3);
    assertThat(StudyFile.of(folder, "coarse {}, fine {}").load().budgets()).isEmpty();
  }

  @Test
  void overridesAreHoconOrTheTextItself() {
    StudyFile file =
        StudyFile.of(folder, "training.schedule { eta = 0.5, cycles = 4 }, final.values {}");
    assertThat(file.load("results.dir=hdfs://h/x").resultsDir()).isEqualTo("hdfs://h/x");
    assertThat(file.load("results.dir=a//b").resultsDir()).endsWith("/a/b");
    assertThat(file.load("results.dir=a#b").resultsDir()).endsWith("/a#b");
    assertThat(file.load("results.dir=a=b").resultsDir()).endsWith("/a=b");
    assertThat(file.load("results.dir=\"with # sign\"").resultsDir()).endsWith("/with # sign");
    assertThat(file.load("search.hang-timeout=90 s").search().hangTimeout())
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(file.load("training.schedule={cycles=9}").text())
        .contains("schedule.cycles = 9\n", "schedule.eta = 0.5\n");
    assertThat(file.load("training.lambda=1", "training.lambda=2").text())
        .contains("training.lambda = 2.0\n");
    assertThat(file.load("training.schedule.cycles=null").text())
        .contains("training.schedule.cycles = 2\n");
    assertThat(file.load("network.hidden=[7, 8]").text()).contains("network.hidden = [7,8]\n");
  }

  @Test
  void aSettingMayBeForOnePhaseOrOneValueOfAnAxis() {
    StudyFile.of(
            folder,
            "training.schedule { type = cyclical, epochs = 5 }",
            "coarse.training.schedule.type = constant",
            "final {}")
        .load();
    Experiment study =
        StudyFile.of(
                folder,
                "training.optimiser.momentum = 0.8",
                "coarse.space { \"training.optimiser.type\".values = [sgd, momentum], \"training.optimiser.momentum\".values = [0.5] }")
            .load();
    assertThat(labels(study))
        .containsExactly("training.optimiser.momentum", "training.optimiser.type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coarse {}",
        "coarse { sampler = random, configurations = 3 }, fine { sampler = grid, points = 2, zoom.margin = 1 }",
        "fine { sampler = grid, space { eta.values = [0.1], \"network.hidden\".values = [[3], []] } }, final { trial = 1 }",
        "final.values { lambda = 1, \"training.batch-size\" = 7 }, network.init.weights = he",
        "final { values {}, data.validation = test }, search.hang-timeout = 1500 ms",
        "coarse { sampler = gp, configurations = 3, space { lambda { log10 = [-3, 0], step = 0.5 }, eta.value = 0.1, \"network.hidden\".values = [[50], [9, 9]] }, constraints = [\"lambda <= 10 * eta\"], enqueue = [{ lambda = 0.01, eta = 0.1, \"network.hidden\" = [50] }] }",
        "coarse.space { \"training.optimiser.type\".values = [sgd, momentum], \"training.optimiser.momentum\".values = [0.5] }, fine {}",
        "coarse.budget { trials = 9, epochs = 40, target-accuracy = 0.5, wall-clock = 90 s }, fine { levels = 2, budget.trials = 7 }, final.budget.wall-clock = 1 h",
        "results.dir = \"a \\\"b\\\" c\", study.seed = -9223372036854775808",
      })
  void theEffectiveTextLoadsAsTheSameExperiment(String text) {
    Experiment first = StudyFile.of(folder, text).load();
    Experiment second = StudyFile.of(folder, first.text()).load();
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.coarse()).isEqualTo(first.coarse());
    assertThat(second.fine()).isEqualTo(first.fine());
    assertThat(second.last()).isEqualTo(first.last());
    assertThat(second.search()).isEqualTo(first.search());
    assertThat(second.budgets()).isEqualTo(first.budgets());
    for (Phase phase : Phase.values()) {
      assertThat(second.resolve(phase, NOTHING)).isEqualTo(first.resolve(phase, NOTHING));
    }
  }

  @Test
  void theEffectiveTextDoesNotDependOnTheOrderOfTheFile() {
    String first =
        StudyFile.of(
                folder,
                "training.lambda = 1",
                "coarse.space { eta.values = [1], sigma.values = [1] }")
            .load()
            .text();
    String second =
        StudyFile.of(
                folder,
                "coarse.space { sigma.values = [1], eta.values = [1] }",
                "training.lambda = 1")
            .load()
            .text();
    assertThat(second).isEqualTo(first).startsWith("study.name = \"sieve\"\nstudy.seed = 1\n");
  }

  private static Configuration configuration(Map<String, AxisValue> values) {
    return new Configuration(new TreeMap<>(values));
  }
}
