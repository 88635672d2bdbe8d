package dev.sieve.engine.vector;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Batch;
import dev.sieve.engine.Engine;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.engine.TestTrials;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.Parameters;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Sessions run by hand, and what is left of them. */
final class Runs {
  private Runs() {}

  static TrialGroup group(List<TestTrials> trials) {
    List<Trial> all = trials.stream().map(TestTrials::trial).toList();
    return new TrialGroup(all);
  }

  /** Networks that differ in λ and in their draws. */
  static TrialGroup group(Shapes shape, int networks) {
    return group(
        IntStream.range(0, networks)
            .mapToObj(i -> shape.trial().replicate(i).lambda(0.001 * i))
            .toList());
  }

  static MetricAccumulator[] tallies(int networks) {
    return IntStream.range(0, networks)
        .mapToObj(i -> new MetricAccumulator(TestTrials.CLASSES))
        .toArray(MetricAccumulator[]::new);
  }

  /** η of each network. */
  static double[] etas(int networks) {
    return IntStream.range(0, networks).mapToDouble(i -> 0.02 * (i + 1)).toArray();
  }

  /** Steps over the training set in order, batch after batch, from step {@code from} on. */
  static void steps(
      EngineSession session, PreparedData data, int batch, int from, int to, double[] etas) {
    MetricAccumulator[] tallies = tallies(session.size());
    for (int step = from; step < to; step++) {
      session.step(batch(data, batch, step), etas, tallies);
    }
  }

  /** The batch of a step; every third is a short one. */
  static Batch batch(PreparedData data, int batch, int step) {
    int count = step % 3 == 2 ? batch / 2 : batch;
    int from = step * batch % (data.train().count() - batch + 1);
    return new Batch(data.train().examples(), data.train().indices(), from, count);
  }

  /** All numbers of a network, layer by layer. */
  static double[] numbers(Parameters parameters) {
    List<Double> all = new ArrayList<>();
    for (LayerParameters layer : parameters.layers()) {
      for (DMatrixRMaj matrix :
          Arrays.asList(
              layer.weights(),
              layer.biases(),
              layer.gamma(),
              layer.beta(),
              layer.mean(),
              layer.variance())) {
        add(all, matrix);
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void add(List<Double> all, @Nullable DMatrixRMaj matrix) {
    if (matrix != null) {
      for (int i = 0; i < matrix.getNumElements(); i++) {
        all.add(matrix.data[i]);
      }
    }
  }

  /** Parameters of each network after some steps, then loss and accuracy on validation images. */
  static List<double[]> train(Engine engine, TrialGroup group, PreparedData data, int steps) {
    try (EngineSession session = engine.open(group, data.standardiser())) {
      int size = session.size();
      steps(session, data, group.first().settings().training().batchSize(), 0, steps, etas(size));
      MetricAccumulator[] tallies = tallies(size);
      session.evaluate(
          new Batch(
              data.validation().examples(),
              data.validation().indices(),
              0,
              data.validation().count()),
          tallies);
      List<double[]> results = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        double[] numbers = numbers(session.parameters(i));
        double[] all = Arrays.copyOf(numbers, numbers.length + 3);
        all[numbers.length] = tallies[i].figures(0).loss();
        all[numbers.length + 1] = tallies[i].figures(0).accuracy();
        all[numbers.length + 2] = session.squaredWeights(i);
        results.add(all);
      }
      return results;
    }
  }
}
