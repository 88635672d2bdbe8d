package dev.sieve.config;

import dev.sieve.config.hocon.Condition;
import dev.sieve.config.hocon.Key;
import dev.sieve.config.hocon.Keys;
import dev.sieve.data.DataSelection;
import dev.sieve.data.DataShape;
import dev.sieve.data.Shares;
import dev.sieve.error.UserException;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.Initialiser;
import dev.sieve.network.NetworkSpec;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.TrainingSpec;
import dev.sieve.trial.TrialSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A value for every key of {@link Keys#settings()}: all that decides what a trial computes. */
public record Settings(Map<String, Object> values) {
  public Settings {
    values = Map.copyOf(values);
  }

  /** These settings with a configuration's values laid over them. */
  Settings with(Configuration configuration) {
    Map<String, Object> over = new HashMap<>(values);
    configuration
        .values()
        .forEach(
            (path, value) -> {
              Key key = Keys.get(path);
              if (key == null || !key.searchable()) {
                throw new IllegalArgumentException(
                    "an axis must be a setting that changes training, but got " + path);
              }
              Object read = key.kind().ofAxis(value);
              if (read == null) {
                throw new IllegalArgumentException(
                    "%s must be %s, but got %s"
                        .formatted(path, key.kind().rule(value.toString()), value));
              }
              over.put(path, read);
            });
    return new Settings(over);
  }

  String text(String path) {
    return Keys.require(path).kind().text(value(path));
  }

  double number(String path) {
    return ((Number) value(path)).doubleValue();
  }

  /** Whether a key means something beside the others. */
  boolean effective(Key key) {
    for (Condition condition : key.conditions()) {
      if (!condition.metBy(text(condition.path()))) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param seed the study's
   * @throws IllegalArgumentException if a rule between settings is broken
   */
  TrialSettings trial(DataShape shape, long seed, boolean evaluateTest, boolean keepModel) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Key key : Keys.settings()) {
      if (effective(key)) {
        texts.put(key.path(), text(key.path()));
      }
    }
    DataSelection data = selection(shape);
    int inputs = shape.inputs(data, seed);
    return new TrialSettings(
        network(inputs, shape.classes()),
        training(),
        data,
        evaluateTest && shape.test() > 0,
        keepModel,
        texts);
  }

  private NetworkSpec network(int inputs, int classes) {
    List<Integer> hidden =
        ((List<?>) value("network.hidden")).stream().map(w -> (Integer) w).toList();
    return new NetworkSpec(inputs, hidden, classes, batchNorm(hidden), weights(), biases());
  }

  /** A network of these widths on CIFAR-10's images, for what its size alone decides. */
  static NetworkSpec plainNetwork(List<Integer> hidden) {
    Initialiser zero = new Initialiser.Zero();
    DataShape.Images images = DataShape.CIFAR_10;
    return new NetworkSpec(images.inputs(), hidden, images.classes(), null, zero, zero);
  }

  private @Nullable BatchNorm batchNorm(List<Integer> hidden) {
    String placement = text("network.batch-norm.placement");
    if (placement.equals("none") || hidden.isEmpty()) {
      return null;
    }
    return new BatchNorm(
        BatchNorm.Placement.valueOf(constant(placement)),
        (Boolean) value("network.batch-norm.affine"),
        number("network.batch-norm.epsilon"),
        BatchNorm.Statistics.valueOf(constant(text("network.batch-norm.statistics"))),
        number("network.batch-norm.decay"),
        whole("network.batch-norm.precise-images"));
  }

  private Initialiser weights() {
    return switch (text("network.init.weights")) {
      case "he" -> new Initialiser.He();
      case "xavier" ->
          new Initialiser.Xavier(
              Initialiser.Xavier.Fan.valueOf(constant(text("network.init.fan"))));
      case "normal" -> new Initialiser.Normal(number("network.init.sigma"));
      default -> new Initialiser.Zero();
    };
  }

  private Initialiser biases() {
    return text("network.init.biases").equals("normal")
        ? new Initialiser.Normal(number("network.init.bias-sigma"))
        : new Initialiser.Zero();
  }

  private TrainingSpec training() {
    return new TrainingSpec(
        whole("training.batch-size"),
        number("training.lambda"),
        optimiser(),
        schedule(),
        text("training.order").equals("per-replicate"),
        whole("training.evaluate-every"),
        (Boolean) value("training.full-set"));
  }

  private Optimiser optimiser() {
    return switch (text("training.optimiser.type")) {
      case "momentum" -> new Optimiser.Momentum(number("training.optimiser.momentum"));
      case "adam" ->
          new Optimiser.Adam(
              number("training.optimiser.beta1"),
              number("training.optimiser.beta2"),
              number("training.optimiser.epsilon"));
      default -> new Optimiser.Sgd();
    };
  }

  private Schedule schedule() {
    double eta = number("training.schedule.eta");
    return switch (text("training.schedule.type")) {
      case "constant" -> new Schedule.Constant(eta, whole("training.schedule.epochs"));
      case "decay" ->
          new Schedule.Decay(
              eta, number("training.schedule.decay"), whole("training.schedule.epochs"));
      default -> cycles(number("training.schedule.eta-min"), eta);
    };
  }

  private Schedule cycles(double etaMin, double eta) {
    if (value("training.schedule.cycles") instanceof List<?> lengths) {
      return new Schedule.CyclesOf(
          etaMin, eta, lengths.stream().map(length -> (Integer) length).toList());
    }
    return new Schedule.Cyclical(
        etaMin,
        eta,
        whole("training.schedule.half-cycle"),
        whole("training.schedule.cycles"),
        number("training.schedule.cycle-growth"));
  }

  /**
   * Which examples a trial sees.
   *
   * @throws UserException if the rest that trains is none
   */
  DataSelection selection(DataShape shape) {
    boolean validationIsTest = value("data.validation").equals("test");
    int validation = validationIsTest ? 0 : count("data.validation", shape);
    if (value("data.train").equals(Keys.REST) && shape.training() - validation < 2) {
      throw new UserException(
          "data.validation must leave examples to train on, but of %s that do not test %s validate: lower it"
              .formatted(shape.training(), validation));
    }
    return new DataSelection(
        value("data.train").equals(Keys.REST)
            ? shape.training() - validation
            : count("data.train", shape),
        validation,
        DataSelection.Order.valueOf(constant(text("data.order"))),
        validationIsTest,
        DataSelection.Standardisation.valueOf(constant(text("data.standardise"))));
  }

  /** A count, or a share of the data set, rounded down by its decimal text. */
  private int count(String path, DataShape shape) {
    return value(path) instanceof Double share ? Shares.of(share, shape.whole()) : whole(path);
  }

  private int whole(String path) {
    return Math.toIntExact((Long) value(path));
  }

  private Object value(String path) {
    Object value = values.get(path);
    if (value == null) {
      throw new AssertionError("no value for " + path);
    }
    return value;
  }

  /** {@code moving-average} as the enums spell it. */
  private static String constant(String word) {
    return word.replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
