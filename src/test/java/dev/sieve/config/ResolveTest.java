package dev.sieve.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.sieve.data.DataSelection;
import dev.sieve.error.UserException;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.Initialiser;
import dev.sieve.search.MemoryTrialStore;
import dev.sieve.search.ScriptedExecutor;
import dev.sieve.search.Studies;
import dev.sieve.search.Study;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.TrialSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phase's settings with a configuration's values laid over them. */
class ResolveTest {
  private static final Configuration NOTHING = new Configuration(new TreeMap<>());

  @TempDir private Path folder;

  @Test
  void whatDependsOnAnAxisIsPartOfThePlan() throws InterruptedException {
    String axis = "coarse.space.\"training.optimiser.type\".values = [sgd, momentum]";
    Experiment study = StudyFile.of(folder, "training.optimiser.momentum = 0.8", axis).load();
    assertThat(study.fixed(Phase.COARSE))
        .contains(entry("training.optimiser.momentum", "0.8"), entry("training.batch-size", "100"))
        .doesNotContainKeys("training.optimiser.type", "training.optimiser.beta1");
    MemoryTrialStore store = new MemoryTrialStore();
    run(study, store);
    Experiment changed = StudyFile.of(folder, "training.optimiser.momentum = 0.7", axis).load();
    assertThatThrownBy(() -> run(changed, store))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("  training.optimiser.momentum: 0.8 → 0.7\n");
  }

  private static void run(Experiment study, MemoryTrialStore store) throws InterruptedException {
    StudyDefinition definition =
        new StudyDefinition(
            study.study(),
            study.seed(),
            study.engineType(),
            "synthetic",
            "0123",
            Collections.emptySortedMap(),
            study.coarse(),
            study.fine(),
            study.last(),
            study.search(),
            study.budgets(),
            study,
            study.text());
    new Study(definition, store, new ScriptedExecutor(1), new Studies.Heard()).run(Phase.COARSE);
  }

  @Test
  void resolvingLaysValuesOverThePhasesSettings() {
    Experiment study =
        StudyFile.of(
                folder,
                "data { train = 4000, validation = 1000, standardise = per-channel, order = official }",
                "coarse { evaluate-test = true, data.validation = test, training.schedule.cycles = 1",
                "  space { \"training.batch-size\".values = [10], lambda.values = [0], sigma.values = [1], \"network.hidden\".values = [[9]], \"network.batch-norm.affine\".values = [false] } }",
                "final {}")
            .load();
    TrialSettings coarse =
        study.resolve(
            Phase.COARSE,
            configuration(
                Map.of(
                    "training.lambda", new AxisValue.Number(0.25),
                    "training.batch-size", new AxisValue.Number(10),
                    "network.hidden", new AxisValue.Text("[9]"),
                    "network.batch-norm.affine", new AxisValue.Text("false"),
                    "network.init.sigma", new AxisValue.Number(0.5))));
    assertThat(coarse.training().lambda()).isEqualTo(0.25);
    assertThat(coarse.training().batchSize()).isEqualTo(10);
    assertThat(coarse.training().schedule()).isEqualTo(new Schedule.Cyclical(1e-5, 0.1, 2250, 1));
    assertThat(coarse.network().inputs()).isEqualTo(3072);
    assertThat(coarse.network().classes()).isEqualTo(10);
    assertThat(coarse.network().hidden()).containsExactly(9);
    assertThat(coarse.network().batchNorm())
        .isEqualTo(
            new BatchNorm(
                BatchNorm.Placement.BEFORE_ACTIVATION,
                false,
                1e-5,
                BatchNorm.Statistics.MOVING_AVERAGE,
                0.9,
                2000));
    assertThat(coarse.network().weights()).isEqualTo(new Initialiser.Normal(0.5));
    assertThat(coarse.data())
        .isEqualTo(
            new DataSelection(
                4000,
                0,
                DataSelection.Order.OFFICIAL,
                true,
                DataSelection.Standardisation.PER_CHANNEL));
    assertThat(coarse.evaluateTest()).isTrue();
    assertThat(coarse.keepModel()).isFalse();
    assertThat(coarse.settings())
        .contains(
            entry("data.train", "4000"),
            entry("data.validation", "test"),
            entry("network.hidden", "[9]"),
            entry("network.batch-norm.affine", "false"),
            entry("network.init.sigma", "0.5"),
            entry("training.batch-size", "10"),
            entry("training.lambda", "0.25"),
            entry("training.schedule.eta-min", "1.0E-5"),
            entry("training.schedule.cycles", "1"))
        .doesNotContainKeys(
            "data.source",
            "data.path",
            "network.init.fan",
            "network.batch-norm.precise-images",
            "training.optimiser.momentum",
            "training.schedule.epochs");

    TrialSettings last = study.resolve(Phase.FINAL, NOTHING);
    assertThat(last.evaluateTest()).isTrue();
    assertThat(last.keepModel()).isTrue();
    assertThat(last.data().validation()).isEqualTo(1000);
    assertThat(last.training().schedule()).isEqualTo(new Schedule.Cyclical(1e-5, 0.1, 2250, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "he | fan, sigma",
        "xavier | sigma",
        "normal | fan",
        "zero | fan, sigma",
      })
  void settingsWithoutMeaningAreLeftOut(String weights, String absent) {
    TrialSettings settings =
        StudyFile.defaults("network.init.weights=" + weights, "final.values={}")
            .resolve(Phase.FINAL, NOTHING);
    for (String name : absent.split(", ")) {
      assertThat(settings.settings()).doesNotContainKey("network.init." + name);
    }
    assertThat(settings.settings()).containsEntry("network.init.weights", weights);
  }

  @Test
  void everyNetworkAndUpdateRuleCanBeHad() {
    TrialSettings settings =
        StudyFile.of(
                folder,
                "network { hidden = [], init { weights = xavier, fan = average, biases = normal, bias-sigma = 0.5 } }",
                "training { optimiser { type = adam, beta1 = 0.8 }, order = per-replicate, evaluate-every = 10, full-set = true",
                "  schedule { type = decay, eta = 0.01, decay = 0.9, epochs = 3 } }",
                "final.values {}")
            .load()
            .resolve(Phase.FINAL, NOTHING);
    assertThat(settings.network().batchNorm()).isNull();
    assertThat(settings.network().weights())
        .isEqualTo(new Initialiser.Xavier(Initialiser.Xavier.Fan.AVERAGE));
    assertThat(settings.network().biases()).isEqualTo(new Initialiser.Normal(0.5));
    assertThat(settings.training().optimiser()).isEqualTo(new Optimiser.Adam(0.8, 0.999, 1e-8));
    assertThat(settings.training().schedule()).isEqualTo(new Schedule.Decay(0.01, 0.9, 3));
    assertThat(settings.training().perReplicateOrder()).isTrue();
    assertThat(settings.training().evaluateEvery()).isEqualTo(10);
    assertThat(settings.training().fullSetTraining()).isTrue();

    TrialSettings other =
        StudyFile.of(
                folder,
                "network { batch-norm { placement = after-activation, statistics = precise, precise-images = 9 }, init.weights = he }",
                "training { optimiser { type = momentum }, schedule { type = constant } }",
                "final.values {}")
            .load()
            .resolve(Phase.FINAL, NOTHING);
    assertThat(other.network().batchNorm())
        .isEqualTo(
            new BatchNorm(
                BatchNorm.Placement.AFTER_ACTIVATION,
                true,
                1e-5,
                BatchNorm.Statistics.PRECISE,
                0.9,
                9));
    assertThat(other.training().optimiser()).isEqualTo(new Optimiser.Momentum(0.9));
    assertThat(other.training().schedule()).isEqualTo(new Schedule.Constant(0.1, 20));
    assertThat(
            StudyFile.defaults("network.init.weights=zero", "final.values={}")
                .resolve(Phase.FINAL, NOTHING)
                .network()
                .weights())
        .isEqualTo(new Initialiser.Zero());
  }

  @Test
  void valuesThatBreakARuleAreRefusedWhenResolved() {
    Experiment study = StudyFile.defaults();
    assertThatThrownBy(
            () ->
                study.resolve(
                    Phase.FINE,
                    configuration(Map.of("training.schedule.eta", new AxisValue.Number(1e-6)))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the settings of a fine configuration cannot be used")
        .hasMessageContaining("training.schedule.eta-min <= training.schedule.eta must hold")
        .hasMessageContaining("training.schedule.eta=1.0E-6");
    assertThatThrownBy(
            () ->
                study.resolve(
                    Phase.FINE,
                    configuration(Map.of("training.batch-size", new AxisValue.Number(2.5)))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("training.batch-size must be a whole number >= 2, but got 2.5");
    assertThatThrownBy(
            () ->
                study.resolve(
                    Phase.FINE, configuration(Map.of("data.train", new AxisValue.Number(5)))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "an axis must be a setting that changes training, but got data.train");
  }

  private static Configuration configuration(Map<String, AxisValue> values) {
    return new Configuration(new TreeMap<>(values));
  }
}
