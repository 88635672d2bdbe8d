package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.config.Experiment;
import dev.sieve.data.ImageSet;
import dev.sieve.data.PreparedData;
import dev.sieve.engine.factory.Engines;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.training.Trainer;
import dev.sieve.training.TrainingListener;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The embedded images are worth searching on: {@code conf/local.conf}'s coarse grid, with five
 * seeds.
 */
class SyntheticImagesIT {
  private static final int SEEDS = 5;

  @Test
  void hyperparametersAndDepthMatter() {
    List<Double> deep = bestOfGrid("network.hidden=[50,50]", true);
    List<Double> linear = bestOfGrid("network.hidden=[]", false);

    assertThat(mean(deep)).isLessThan(0.9);
    assertThat(mean(linear)).isLessThan(mean(deep) - 0.1);
  }

  /**
   * Validation accuracy of the best configuration, seed by seed; where asked for, the worst is at
   * least 15 points below.
   */
  private static List<Double> bestOfGrid(String network, boolean spread) {
    List<Double> best = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      Experiment experiment =
          Experiment.load(
              Path.of("conf/local.conf"),
              List.of("data.source=synthetic", "study.seed=" + seed, network));
      ImageSet data = experiment.data().images();
      PreparedData prepared =
          data.prepare(experiment.resolve(Phase.COARSE, Experiment.OWN).data(), experiment.seed());
      List<Configuration> grid = grid(experiment);
      double[] accuracies =
          IntStream.range(0, grid.size())
              .parallel()
              .mapToDouble(i -> accuracy(experiment, grid.get(i), prepared))
              .toArray();
      assertThat(accuracies).hasSize(12);
      double highest = IntStream.range(0, 12).mapToDouble(i -> accuracies[i]).max().orElseThrow();
      double lowest = IntStream.range(0, 12).mapToDouble(i -> accuracies[i]).min().orElseThrow();
      best.add(highest);
      if (spread) {
        assertThat(highest - lowest).as("spread with seed " + seed).isGreaterThanOrEqualTo(0.15);
      }
    }
    return best;
  }

  private static List<Configuration> grid(Experiment experiment) {
    CoarseSpec coarse = Objects.requireNonNull(experiment.coarse());
    List<TreeMap<String, AxisValue>> points = List.of(new TreeMap<>());
    for (Axis axis : coarse.space().axes()) {
      List<TreeMap<String, AxisValue>> longer = new ArrayList<>();
      for (TreeMap<String, AxisValue> point : points) {
        for (AxisValue value : values(axis.domain())) {
          TreeMap<String, AxisValue> next = new TreeMap<>(point);
          next.put(axis.path(), value);
          longer.add(next);
        }
      }
      points = longer;
    }
    return points.stream().map(Configuration::new).toList();
  }

  private static List<AxisValue> values(Domain domain) {
    if (domain instanceof Domain.Values values) {
      return values.values();
    }
    Domain.Log10 range = (Domain.Log10) domain;
    List<AxisValue> values = new ArrayList<>();
    for (int i = 0; i < range.points(); i++) {
      double exponent = range.low() + i * (range.high() - range.low()) / (range.points() - 1);
      values.add(new AxisValue.Number(StrictMath.pow(10, exponent)));
    }
    return values;
  }

  private static double accuracy(
      Experiment experiment, Configuration configuration, PreparedData data) {
    Trial trial =
        new Trial(
            new TrialKey("it", Phase.COARSE, 0, configuration.id(), 0, 0),
            0,
            configuration,
            experiment.resolve(Phase.COARSE, configuration),
            experiment.seed());
    TrialResult result =
        new Trainer(Engines.byType(experiment.engineType()))
            .train(new TrialGroup(List.of(trial)), data, new Deaf())
            .get(0);
    return result.validation() == null ? 0.1 : result.validation().accuracy();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  private static final class Deaf implements TrainingListener {
    @Override
    public void row(Trial trial, EpochMetrics row) {}

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
