package dev.sieve.engine;

import dev.sieve.data.DataSelection;
import dev.sieve.data.DataSelection.Order;
import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.data.ExampleView;
import dev.sieve.data.LabelledImages;
import dev.sieve.data.PreparedData;
import dev.sieve.data.Standardiser;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.BatchNorm.Statistics;
import dev.sieve.network.Initialiser;
import dev.sieve.network.NetworkSpec;
import dev.sieve.random.Draws;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.Stage;
import dev.sieve.trial.TrainingSpec;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A trial that a test sets up by what it differs in; small by default. */
public final class TestTrials {
  public static final int CLASSES = 10;

  private int inputs = 6;
  private List<Integer> hidden = List.of(7, 5);
  private @Nullable BatchNorm batchNorm;
  private Initialiser weights = new Initialiser.He();
  private Initialiser biases = new Initialiser.Zero();
  private int batchSize = 10;
  private double lambda;
  private Optimiser optimiser = new Optimiser.Sgd();
  private Schedule schedule = new Schedule.Constant(0.05, 2);
  private boolean perReplicateOrder;
  private int evaluateEvery;
  private boolean fullSetTraining;
  private int train = 40;
  private boolean evaluateTest;
  private boolean keepModel;
  private int replicate;
  private @Nullable Stage stage;

  public static BatchNorm batchNorm(Placement placement, boolean affine) {
    return new BatchNorm(placement, affine, 1e-5, Statistics.MOVING_AVERAGE, 0.9, 100);
  }

  /** Images whose class shows in their pixels, with noise; the same for the same arguments. */
  public static LabelledImages images(int count, int pixelsPerImage, long seed) {
    Draws draws = new Draws(seed);
    byte[] pixels = new byte[count * pixelsPerImage];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) draws.nextInt(CLASSES);
      for (int j = 0; j < pixelsPerImage; j++) {
        int signal = (labels[i] * (j + 3) * 29) % 160;
        pixels[i * pixelsPerImage + j] = (byte) (signal + draws.nextInt(96));
      }
    }
    return new LabelledImages(
        pixelsPerImage,
        pixels,
        labels,
        IntStream.range(0, CLASSES).mapToObj(c -> "c" + c).toList());
  }

  /** Maps pixels to about [−1, 1], each input by factors of its own. */
  public static Standardiser standardiser(int inputs) {
    double[] mean = new double[inputs];
    double[] scale = new double[inputs];
    Arrays.setAll(mean, j -> 127 + j % 3);
    Arrays.setAll(scale, j -> 1.0 / (70 + j % 5));
    return new Standardiser(mean, scale);
  }

  public TestTrials inputs(int value) {
    inputs = value;
    return this;
  }

  public TestTrials hidden(Integer... value) {
    hidden = List.of(value);
    return this;
  }

  public TestTrials batchNorm(@Nullable BatchNorm value) {
    batchNorm = value;
    return this;
  }

  public TestTrials weights(Initialiser value) {
    weights = value;
    return this;
  }

  public TestTrials biases(Initialiser value) {
    biases = value;
    return this;
  }

  public TestTrials batchSize(int value) {
    batchSize = value;
    return this;
  }

  public TestTrials lambda(double value) {
    lambda = value;
    return this;
  }

  public TestTrials optimiser(Optimiser value) {
    optimiser = value;
    return this;
  }

  public TestTrials schedule(Schedule value) {
    schedule = value;
    return this;
  }

  public TestTrials perReplicateOrder() {
    perReplicateOrder = true;
    return this;
  }

  public TestTrials evaluateEvery(int value) {
    evaluateEvery = value;
    return this;
  }

  public TestTrials fullSetTraining() {
    fullSetTraining = true;
    return this;
  }

  public TestTrials train(int value) {
    train = value;
    return this;
  }

  public TestTrials evaluateTest() {
    evaluateTest = true;
    return this;
  }

  public TestTrials keepModel() {
    keepModel = true;
    evaluateTest = true;
    return this;
  }

  public TestTrials replicate(int value) {
    replicate = value;
    return this;
  }

  /** Steps {@code from … to} as that rung's, of whatever the schedule's are. */
  public TestTrials stage(int rung, long from, long to) {
    stage = new Stage(rung, from, to);
    return this;
  }

  public NetworkSpec network() {
    return new NetworkSpec(inputs, hidden, CLASSES, batchNorm, weights, biases);
  }

  public Trial trial() {
    TrainingSpec training =
        new TrainingSpec(
            batchSize,
            lambda,
            optimiser,
            schedule,
            perReplicateOrder,
            evaluateEvery,
            fullSetTraining);
    DataSelection data =
        new DataSelection(train, 20, Order.SEEDED, false, Standardisation.PER_INPUT);
    TrialSettings settings =
        new TrialSettings(network(), training, data, evaluateTest, keepModel, new TreeMap<>());
    Stage trained = stage == null ? Stage.whole(settings.steps()) : stage;
    return new Trial(
        new TrialKey("test", Phase.COARSE, 0, "c", replicate, trained.rung()),
        0,
        new Configuration(new TreeMap<>()),
        settings,
        7,
        trained);
  }

  public TrialGroup alone() {
    return new TrialGroup(List.of(trial()));
  }

  /** Training, 20 validation and 20 test images; the views pick them out of order. */
  public PreparedData data() {
    LabelledImages training = images(train + 20, inputs, 11);
    List<Integer> order = new ArrayList<>(IntStream.range(0, train + 20).boxed().toList());
    java.util.Collections.reverse(order);
    int[] indices = order.stream().mapToInt(Integer::intValue).toArray();
    return new PreparedData(
        new ExampleView(training, Arrays.copyOf(indices, train)),
        new ExampleView(training, Arrays.copyOfRange(indices, train, train + 20)),
        new ExampleView(images(20, inputs, 12), IntStream.range(0, 20).toArray()),
        standardiser(inputs));
  }
}
