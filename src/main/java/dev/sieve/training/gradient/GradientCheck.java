package dev.sieve.training.gradient;

import dev.sieve.data.DataSelection;
import dev.sieve.data.DataSelection.Order;
import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.data.ExampleView;
import dev.sieve.data.ImageSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.data.PreparedData;
import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import dev.sieve.engine.Engine;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.network.Initialiser;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.NetworkSpec;
import dev.sieve.network.Parameters;
import dev.sieve.training.BatchOrder;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.TrainingSpec;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Compares an engine's gradients with differences of the cost, for every W, b, γ and β. The cost is
 * not the engine's: it is computed from the definition, so a wrong forward pass fails too.
 */
public final class GradientCheck {
  /** η of the epochs before the check: enough to leave the initial state. */
  private static final double ETA = 0.05;

  /** Batches of an epoch before the check, at most. */
  private static final int BATCHES = 50;

  /**
   * With biases of 0, an image for which a layer is dead has inputs of exactly 0 behind it, and
   * every bias from there on stands at a kink.
   */
  private static final Initialiser BIASES = new Initialiser.Normal(0.01);

  private final Engine engine;

  public GradientCheck(Engine engine) {
    this.engine = engine;
  }

  /**
   * Checks the gradients on a batch of these images, standardised per input.
   *
   * @param images at least {@code samples}, of at least {@code dimensions} pixels
   */
  public GradientReport run(GradientCheckOptions options, LabelledImages images) {
    if (images.count() < options.samples()) {
      throw new IllegalArgumentException(
          "samples <= %s images must hold, but got samples=%s"
              .formatted(images.count(), options.samples()));
    }
    Trial trial = trial(options, images);
    LabelledImages cut = images.truncated(options.dimensions());
    PreparedData data =
        new ImageSet("gradient-check", cut, cut).prepare(trial.settings().data(), options.seed());
    try (EngineSession session = engine.open(new TrialGroup(List.of(trial)), data.standardiser())) {
      train(session, trial, data.train(), options.epochs());
      Batch batch = new Batch(cut, data.train().indices(), 0, options.samples());
      CostFunction cost =
          new CostFunction(
              trial.settings().network(),
              options.lambda(),
              inputs(batch, data.standardiser()),
              labels(batch));
      return compare(options, cost, session.parameters(0), session.gradients(0, batch));
    }
  }

  private static void train(EngineSession session, Trial trial, ExampleView images, int epochs) {
    BatchOrder order = new BatchOrder(trial, images);
    MetricAccumulator[] tallies = {new MetricAccumulator(trial.settings().network().classes())};
    for (long step = 0; step < epochs * trial.settings().stepsPerEpoch(); step++) {
      session.step(order.at(step), new double[] {ETA}, tallies);
    }
  }

  private static GradientReport compare(
      GradientCheckOptions options, CostFunction cost, Parameters parameters, Parameters analytic) {
    List<GradientReport.Row> rows = new ArrayList<>();
    FiniteDifferences differences = new FiniteDifferences(cost, parameters, options.h());
    for (int l = 0; l < parameters.layers().size(); l++) {
      LayerParameters p = parameters.layers().get(l);
      LayerParameters a = analytic.layers().get(l);
      int number = l + 1;
      addRow(rows, differences, "W" + number, p.weights(), a.weights());
      addRow(rows, differences, "b" + number, p.biases(), a.biases());
      addRow(rows, differences, "gamma" + number, p.gamma(), a.gamma());
      addRow(rows, differences, "beta" + number, p.beta(), a.beta());
    }
    return new GradientReport(options, rows);
  }

  private static void addRow(
      List<GradientReport.Row> rows,
      FiniteDifferences differences,
      String name,
      @Nullable DMatrixRMaj values,
      @Nullable DMatrixRMaj analytic) {
    if (values == null) {
      return;
    }
    if (analytic == null) {
      throw new IllegalStateException(
          "an engine must give a gradient for every parameter, but got none for " + name);
    }
    rows.add(differences.row(name, values, analytic));
  }

  private static Trial trial(GradientCheckOptions options, LabelledImages images) {
    int train = Math.min(images.count() / options.samples(), BATCHES) * options.samples();
    NetworkSpec network =
        new NetworkSpec(
            options.dimensions(),
            options.hidden(),
            images.classes(),
            options.batchNorm(),
            options.weights(),
            BIASES);
    TrainingSpec training =
        new TrainingSpec(
            options.samples(),
            options.lambda(),
            new Optimiser.Sgd(),
            new Schedule.Constant(ETA, Math.max(1, options.epochs())),
            false,
            0,
            false);
    DataSelection data = new DataSelection(train, 1, Order.SEEDED, true, Standardisation.PER_INPUT);
    return new Trial(
        new TrialKey("gradient-check", Phase.COARSE, 0, "-", 0, 0),
        0,
        new Configuration(new TreeMap<>()),
        new TrialSettings(network, training, data, false, false, new TreeMap<>()),
        options.seed());
  }

  private static double[][] inputs(Batch batch, Standardiser standardiser) {
    int d = standardiser.inputs();
    double[][] x = new double[batch.count()][d];
    for (int i = 0; i < batch.count(); i++) {
      for (int j = 0; j < d; j++) {
        int pixel = (int) batch.examples().value(batch.example(i), j);
        x[i][j] = (pixel - standardiser.mean()[j]) * standardiser.scale()[j];
      }
    }
    return x;
  }

  private static int[] labels(Batch batch) {
    int[] labels = new int[batch.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = batch.label(i);
    }
    return labels;
  }
}
