package dev.sieve.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake is told with place, rule, value and remedy. */
class RefusalTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // unknown keys
        "trainin { lambda = 1 } | every key must be known, but trainin is not; did you mean training?",
        "training.lamda = 1 | but training.lamda is not; did you mean training.lambda?",
        "half-cycle = 3 | but half-cycle is not; did you mean training.schedule.half-cycle?",
        "fine.parallel = 3 | but fine.parallel is not; did you mean search.parallel?",
        "coarse.ladder = [1] | but coarse.ladder is not; known here: coarse.sampler,",
        "final.network.hidden = [1] | but final.network is not; known here: final.top,",
        "coarse.data.source = auto | but coarse.data.source is not; did you mean data.source?",
        "\"training.lambda\" = 1 | but \"training.lambda\" is not; did you mean training.lambda?",
        "report.top = 1 | every key must be known, but report.top is not",
        // wrong kinds and ranges
        "study.name = \"a/b\" | study.name must be letters, digits, '.', '_' and '-', a letter or digit first (it names a folder), but got 'a/b'",
        "study.name = .. | study.name must be letters",
        "study.seed = 1.5 | study.seed must be a whole number of 64 bits, but got 1.5",
        "training.lambda = -1 | training.lambda must be a number >= 0, but got -1",
        "training.lambda = small | training.lambda must be a number >= 0, but got 'small'",
        "training.lambda = [1] | training.lambda must be a number >= 0, but got [1]",
        "training.lambda { a = 1 } | training.lambda must be a number >= 0, but got {a=1}",
        "training.lambda = 1e999 | training.lambda must be a number >= 0",
        "training.schedule.eta = 0 | training.schedule.eta must be a number > 0, but got 0",
        "training.batch-size = 1 | training.batch-size must be a whole number >= 2, but got 1",
        "training.batch-size = 2.5 | training.batch-size must be a whole number >= 2, but got 2.5",
        "training.full-set = yes | training.full-set must be true or false, but got 'yes'",
        "training.order = random | training.order must be one of shared, per-replicate, but got 'random'",
        "network.batch-norm.decay = 1 | network.batch-norm.decay must be a number >= 0 and < 1, but got 1",
        "network.hidden = 50 | network.hidden must be a list of at most 19 whole numbers >= 1, such as [50, 50], but got 50",
        "network.hidden = [50, 0] | but got [50, 0]",
        "network.hidden = [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] | at most 19",
        "data.validation = all | data.validation must be a whole number >= 1, or the word test, but got 'all'",
        "data.source = mnist | data.source must be one of auto, cifar-10, synthetic, but got 'mnist'",
        "data = 3 | data must be a section, data { ... }, but got 3",
        "results.dir = \"\" | results.dir must be a folder's path or URI, but got ''",
        "results.dir { a = 1 } | results.dir must be a folder's path or URI, but got {a=1}",
        "engine.type = cuda | engine.type must be one of vector, reference, but got 'cuda'",
        "engine.fuse = 0 | engine.fuse must be a whole number >= 1, or the word auto, but got 0",
        "search.hang-timeout = 300 | search.hang-timeout must be a duration > 0 with its unit, such as 10 minutes, but got 300",
        "search.hang-timeout = 3 moons | search.hang-timeout must be a duration",
        "coarse.sampler = bayes | coarse.sampler must be one of grid, random, random-grid, sobol, tpe, gp, but got 'bayes'",
        "final.replicates = 0 | final.replicates must be a whole number >= 1, but got 0",
        "fine.zoom.shrink = 2 | fine.zoom.shrink must be a number > 0 and <= 1, but got 2",
        "coarse.budget.trails = 3 | but coarse.budget.trails is not; did you mean coarse.budget.trials?",
        "final.budget.trials = 3 | but final.budget.trials is not; known here: final.budget.wall-clock",
        "coarse.budget.trials = 0 | coarse.budget.trials must be a whole number >= 1, but got 0",
        "coarse.budget.target-accuracy = 53 | coarse.budget.target-accuracy must be a number > 0 and <= 1, but got 53",
        "fine.budget.wall-clock = 30 | fine.budget.wall-clock must be a duration > 0 with its unit, such as 10 minutes, but got 30",
        "fine { levels = 2, space.eta { linear = [0.1, 0.2] } } | fine.levels must not stand beside fine.space",
        // settings without an effect
        "network.init { weights = he, sigma = 1 }, coarse.space.lambda.values = [1] | network.init.sigma needs network.init.weights = normal to have an effect, but got he; change that, or remove network.init.sigma",
        "network.init.fan = in | network.init.fan needs network.init.weights = xavier to have an effect, but got normal",
        "network.init.bias-sigma = 1 | network.init.bias-sigma needs network.init.biases = normal",
        "training.optimiser.momentum = 0.5 | training.optimiser.momentum needs training.optimiser.type = momentum to have an effect, but got sgd",
        "training.optimiser { type = momentum, beta1 = 0.5 } | training.optimiser.beta1 needs training.optimiser.type = adam",
        "training.schedule { type = constant, cycles = 1 } | training.schedule.cycles needs training.schedule.type = cyclical to have an effect, but got constant",
        "training.schedule.epochs = 2 | training.schedule.epochs needs training.schedule.type = constant or decay to have an effect, but got cyclical",
        "training.schedule.decay = 0.9 | training.schedule.decay needs training.schedule.type = decay",
        "network.batch-norm { placement = none, epsilon = 0 } | network.batch-norm.epsilon needs network.batch-norm.placement other than none",
        "network { hidden = [], batch-norm.affine = true } | network.batch-norm.affine needs network.hidden other than []",
        "network.batch-norm { statistics = precise, decay = 0.5 } | network.batch-norm.decay needs network.batch-norm.statistics = moving-average to have an effect, but got precise",
        "network.batch-norm.precise-images = 9 | network.batch-norm.precise-images needs network.batch-norm.statistics = precise",
        "coarse.training.schedule.epochs = 2 | coarse.training.schedule.epochs needs training.schedule.type = constant or decay to have an effect, but got cyclical",
        // limits in order
        "training.schedule { eta-min = 0.5, eta = 0.1 }, final.values {} | training.schedule.eta-min <= training.schedule.eta must hold, but got 0.5 (study.conf:2) and 0.1 (study.conf:2); lower eta-min or raise eta",
        "training.schedule.eta-min = 0.01, coarse.space.eta.log10 = [-3, -1], coarse.space.eta.points = 3 | training.schedule.eta-min <= training.schedule.eta must hold, but got 0.01 (study.conf:2) and 0.001 (study.conf:2)",
        "coarse.space.eta.values = [0.1], fine.training.schedule.eta-min = 0.2 | but got 0.2 (study.conf:2) and 0.1 (study.conf:2)",
        "data.train = 1000, network.batch-norm.statistics = precise | network.batch-norm.precise-images <= data.train must hold, but got 2000 (default) and 1000 (study.conf:2); lower precise-images or raise train",
      })
  void settingsAreRefused(String text, String message) {
    assertThat(StudyFile.of(folder, "# a comment", text).refusal())
        .contains(message)
        .contains("study.conf:2: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "coarse.space {} | coarse.space must have at least one axis, but it has none; add one or remove coarse.space",
        "coarse.space.lambda {} | an axis must have exactly one of values, value, linear, log10 and integer, but coarse.space.lambda has none; give one, such as values = [...]",
        "coarse.space.lambda { values = [1], linear = [0, 1] } | but coarse.space.lambda has values and linear; keep one of them",
        "coarse.space.lambda { valuess = [1] } | every key must be known, but coarse.space.lambda.valuess is not; did you mean values?",
        "coarse.space.lambda = 3 | an axis must be a section, coarse.space.lambda { values = [...] }, but got 3",
        "coarse.space.lamda.values = [1] | an axis must be lambda, eta, sigma or the path of a setting of network or training, but coarse.space has lamda; did you mean lambda?",
        "coarse.space { \"data.train\" { values = [10] } } | an axis must be a setting that changes training, but coarse.space has data.train; remove it",
        "coarse.space { \"training.full-set\" { values = [true] } } | but coarse.space has training.full-set; remove it",
        "coarse.space { lambda.values = [1], \"training.lambda\".values = [1] } | each setting must have one axis, but training.lambda is in coarse.space twice; remove one",
        "coarse.space.lambda.values = [] | an axis must have at least one value, but coarse.space.lambda has values = []; list them as values = [...], or remove the axis",
        "coarse.space.lambda.values = 3 | an axis must have at least one value, but coarse.space.lambda has values = 3",
        "coarse.space.lambda.values = [1, -1] | every value of coarse.space.lambda must be a number >= 0, but got -1",
        "coarse.space.lambda.values = [1, 1.0] | the values of coarse.space.lambda must differ, but 1.0 is there twice; remove one",
        "coarse.space.lambda { values = [1], points = 3 } | an axis of values must have no points, but coarse.space.lambda has it; remove points",
        "coarse.space.lambda { linear = [2, 1], points = 3 } | a range must be two numbers [low, high] with low < high, but coarse.space.lambda has linear = [2, 1]; give the smaller first",
        "coarse.space.lambda { log10 = [-1, -1], points = 3 } | with low < high, but coarse.space.lambda has log10 = [-1, -1]; give the exponents, smaller first",
        "coarse.space.lambda { linear = [1], points = 3 } | has linear = [1]",
        "coarse.space.lambda { integer = [0.5, 1], points = 2 } | a range must be two whole numbers [low, high] with low < high, but coarse.space.lambda has integer = [0.5, 1]",
        "coarse.space.lambda { linear = [-1, 1], points = 3 } | training.lambda must be a number >= 0 over the whole axis, but coarse.space.lambda reaches -1.0; change the range",
        "coarse.space.eta { log10 = [0, 400], points = 3 } | but coarse.space.eta reaches Infinity; log10 takes exponents: change them",
        "coarse.space.lambda { linear = [0, 1] } | sampler = grid must know how many points a range gives, but coarse.space.lambda has no points; give points = n, n >= 2",
        "coarse.space.lambda { linear = [0, 1], points = 1 } | has points = 1; give points = n, n >= 2",
        "coarse.space.lambda { linear = [0, 1], points = 2, step = 1 } | a range must have either points or step, but coarse.space.lambda has both; remove one",
        "coarse.space.lambda { linear = [0, 1], step = 0.3 } | whole steps > 0 must lead from one end of a range to the other, but coarse.space.lambda has step = 0.3 for a length of 1.0; change step or the range, or give points",
        "coarse.space.lambda { linear = [0, 1], step = 0 } | has step = 0",
        "coarse.space.lambda { integer = [1, 3], points = 4 } | points must not exceed the whole numbers of the range, but coarse.space.lambda has 4 points for 3 numbers; lower points",
        "coarse { sampler = random-grid, space.lambda { linear = [0, 1], step = 0.5 } } | sampler = random-grid must know how many points a range gives, but coarse.space.lambda has step; give points = n, n >= 1",
        "coarse { sampler = random, configurations = 2, space.lambda { linear = [0, 1], points = 3 } } | sampler = random draws from the whole range, but coarse.space.lambda has points; remove it, or use sampler = grid or random-grid",
        "coarse.space { \"training.batch-size\" { linear = [10, 20], points = 2 } } | training.batch-size must be a whole number >= 2, but coarse.space.\"training.batch-size\" has linear; give integer = [a, b] or values = [...]",
        "coarse.space { \"network.hidden\" { integer = [10, 20], points = 2 } } | but coarse.space.\"network.hidden\" has integer; give values = [...]",
        "coarse.space.lambda { value = -1 } | training.lambda must be a number >= 0, but coarse.space.lambda has value = -1; change it",
        "coarse.space.lambda { value = 1, points = 2 } | an axis of values must have no points",
        "coarse { sampler = random, configurations = 2, space { \"training.batch-size\" { integer = [10, 15], step = 2.5 } } } | the step of whole numbers must be whole, but coarse.space.\"training.batch-size\" has step = 2.5; change step",
        "coarse { sampler = tpe, configurations = 2, space.lambda { linear = [0, 1], step = 0.3 } } | whole steps > 0 must lead from one end of a range to the other",
        // constraints and extra points
        "coarse.constraints = 3 | coarse.constraints must be a list of texts",
        "coarse.constraints = [\"eta <= mu\"] | coarse.constraints: a constraint must compare numbers and axes, such as eta <= 100 * lambda, but in 'eta <= mu' 'mu' is no numeric axis of the space",
        "coarse {}, fine.constraints = [\"eta <= 1\"] | fine.constraints must not stand beside a zoom, where it has no effect (fine keeps those of coarse); remove one",
        "coarse.enqueue = [1] | coarse.enqueue must be a list of points, such as [{ lambda = 1e-3, eta = 0.1 }], but got [1]",
        "coarse { space.lambda.values = [1, 2], enqueue = [{ lambda = 3 }] } | an extra point must lie within the axes, but coarse.enqueue[0] has lambda = 3.0; widen the axis or change the point",
        "coarse { space.lambda.values = [1, 2], enqueue = [{ lambda = 1 }, { lambda = 1 }] } | extra points must differ, but coarse.enqueue[1] is there twice",
        "coarse { space.lambda.values = [1, 2], enqueue = [{ eta = 1 }] } | an extra point must name axes of the space, but coarse.enqueue[0] has eta; the axes are [lambda]",
        "coarse.enqueue = [{ lambda = 0.001, eta = 0.1 }] | an extra point must have a value for every axis, but coarse.enqueue[0] has none for sigma; add it",
        "coarse { space.lambda.values = [1, 2], constraints = [\"lambda < 2\"], enqueue = [{ lambda = 2 }] } | an extra point must keep the constraints: lambda < 2 must hold, but training.lambda = 2 in coarse.enqueue[0]",
        "coarse { space { \"training.optimiser.type\".values = [sgd, momentum], \"training.optimiser.momentum\".values = [0.5] }, enqueue = [{ \"training.optimiser.type\" = sgd, \"training.optimiser.momentum\" = 0.5 }] } | every value of an extra point must have an effect, but coarse.enqueue[0].training.optimiser.momentum has none beside the others; remove it",
        // axes without an effect
        "network.init.weights = he, coarse.space.sigma.values = [1] | coarse.space.sigma needs network.init.weights = normal to have an effect, but got he; change that, or remove coarse.space.sigma",
        "coarse.space { \"training.optimiser.momentum\".values = [0.5] } | coarse.space.\"training.optimiser.momentum\" needs training.optimiser.type = momentum to have an effect, but got sgd",
        "coarse.space { \"training.schedule.decay\".values = [0.5] } | needs training.schedule.type = decay",
        "coarse.space { \"network.batch-norm.decay\".values = [0.5] }, network.batch-norm.placement = none | needs network.batch-norm.placement other than none",
        "fine { space.sigma.values = [1], sampler = grid }, network.init.weights = he | fine.space.sigma needs network.init.weights = normal",
        "final.values.sigma = 1, network.init.weights = he | final.values.sigma needs network.init.weights = normal",
        // phases
        "coarse { sampler = sobol, space.lambda { linear = [0, 1], points = 3 }, configurations = 2 } | sampler = sobol draws from the whole range, but coarse.space.lambda has points; remove it, or use sampler = grid or random-grid",
        "coarse.sampler = sobol | coarse.sampler = sobol must know how many to draw, but coarse.configurations is missing; give coarse.configurations = n",
        "coarse {}, fine { sampler = sobol, points = 3 } | fine.points must not stand beside fine.sampler = sobol",
        "coarse.sampler = random | coarse.sampler = random must know how many to draw, but coarse.configurations is missing; give coarse.configurations = n",
        "coarse.configurations = 5 | coarse.configurations needs a sampler that draws, but coarse.sampler is grid, the default; give coarse.sampler = random, sobol, tpe or gp, or remove coarse.configurations",
        "coarse { sampler = grid, configurations = 5 } | coarse.configurations must not stand beside coarse.sampler = grid, where it has no effect (the points of the axes say it); remove one",
        "coarse { sampler = random, configurations = 5, space.lambda.values = [1, 2] } | coarse.configurations <= 2 must hold, the number of different combinations of the axes, but got 5; lower it or use sampler = grid",
        "fine { sampler = random } | fine must have a coarse phase to zoom into or axes of its own, but the file has neither; add coarse { } or fine.space",
        "coarse {}, fine.sampler = grid | fine.sampler = grid must know how many points an axis of a box gives, but fine.points is missing; give fine.points = n, n >= 2",
        "coarse {}, fine { sampler = grid, points = 1 } | but fine.points is 1; give fine.points = n, n >= 2",
        "coarse {}, fine.points = 3 | fine.points must not stand beside fine.sampler = random",
        "coarse {}, fine { sampler = grid, points = 3, configurations = 4 } | fine.configurations must not stand beside fine.sampler = grid",
        "coarse {}, fine.zoom { shrink = 0.5, margin = 1 } | fine.zoom.shrink must not stand beside fine.zoom.margin, where it has no effect (margin makes one box, shrink a box each); remove one",
        "fine { space.lambda { linear = [0, 1] }, zoom.clip = false } | fine.zoom.clip must not stand beside fine.space",
        "fine { space.lambda { linear = [0, 1] }, top = 2 } | fine.top must not stand beside fine.space, where it has no effect (fine has a space of its own); remove one",
        "fine { space {} } | fine.space must have at least one axis",
        "final.top = 1 | final must have a phase to pick from or values of its own, but the file has neither; add coarse { }, or final.values { } for the file's own settings",
        "coarse {}, final { trial = 3, top = 2 } | final.top must not stand beside final.trial, where it has no effect (a named trial is trained); remove one",
        "final { values {}, trial = 3 } | final.trial must not stand beside final.values",
        "final.values.lambda = -1 | final.values.lambda must be a number >= 0, but got -1",
        "final.values.lamda = 1 | but final.values has lamda; did you mean lambda?",
        "final.values { lambda = 1, \"training.lambda\" = 1 } | each setting must have one value, but training.lambda is in final.values twice; remove one",
      })
  void axesAndPhasesAreRefused(String text, String message) {
    assertThat(StudyFile.of(folder, "# a comment", text).refusal())
        .contains(message)
        .contains("study.conf:2: ");
  }

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
    assertThat(StudyFile.of(folder, "").refusal(override))
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
