package dev.sieve.config.hocon;

import static dev.sieve.config.hocon.Condition.is;
import static dev.sieve.config.hocon.Condition.isNoList;
import static dev.sieve.config.hocon.Condition.isNot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every key of a study's file, in the order in which the effective configuration is written. */
public final class Keys {
  public static final List<String> PHASES = List.of("coarse", "fine", "final");

  /** Objects whose keys are axes. */
  static final List<String> SPACES = List.of("coarse.space", "fine.space", "final.values");

  /** All examples that neither validate nor test. */
  public static final String REST = "rest";

  private static final String ANY_TEXT = "[^\\p{Cntrl}]+";
  private static final Condition HAS_LAYERS = isNot("network.hidden", "[]");
  private static final Condition NORMALISES = isNot("network.batch-norm.placement", "none");
  private static final String TYPE = "training.schedule.type";
  private static final Condition IN_EPOCHS = is(TYPE, "constant", "decay");
  private static final Condition CYCLICAL = is(TYPE, "cyclical");
  private static final String CYCLES = "training.schedule.cycles";

  /** Cycles are counted, not listed by their lengths. */
  private static final Condition ONE_UNIT = isNoList(CYCLES);

  private static final Condition MOMENTUM = is("training.optimiser.type", "momentum");
  private static final Condition ADAM = is("training.optimiser.type", "adam");
  private static final String STATISTICS = "network.batch-norm.statistics";

  /** What a trial is made of. */
  private static final List<Key> SETTINGS =
      List.of(
          Key.of("data.train", new CountOrShare(2, REST)),
          Key.of("data.validation", new CountOrShare(1, "test")),
          Key.choice("data.order", "seeded", "official"),
          Key.choice("data.standardise", "per-input", "per-channel", "scale", "none", "robust"),
          Key.of("network.hidden", new ValueType.Widths()),
          Key.choice(
              "network.batch-norm.placement", "before-activation", "after-activation", "none"),
          Key.flag("network.batch-norm.affine").where(HAS_LAYERS, NORMALISES),
          Key.single("network.batch-norm.epsilon", Single.INVERSE_ROOT)
              .where(HAS_LAYERS, NORMALISES),
          Key.choice(STATISTICS, "moving-average", "precise").where(HAS_LAYERS, NORMALISES),
          Key.fraction("network.batch-norm.decay")
              .where(HAS_LAYERS, NORMALISES, is(STATISTICS, "moving-average")),
          Key.whole("network.batch-norm.precise-images", 2)
              .where(HAS_LAYERS, NORMALISES, is(STATISTICS, "precise")),
          Key.choice("network.init.weights", "he", "xavier", "normal", "zero"),
          Key.choice("network.init.fan", "in", "out", "average")
              .where(is("network.init.weights", "xavier")),
          Key.single("network.init.sigma", Single.DRAWN)
              .where(is("network.init.weights", "normal")),
          Key.choice("network.init.biases", "zero", "normal"),
          Key.single("network.init.bias-sigma", Single.DRAWN)
              .where(is("network.init.biases", "normal")),
          Key.whole("training.batch-size", 2),
          Key.single("training.lambda", Single.DOUBLED),
          Key.choice("training.order", "shared", "per-replicate"),
          Key.whole("training.evaluate-every", 0).notSearchable(),
          Key.flag("training.full-set").notSearchable(),
          Key.choice("training.optimiser.type", "sgd", "momentum", "adam"),
          Key.fraction("training.optimiser.momentum").where(MOMENTUM),
          Key.fraction("training.optimiser.beta1").where(ADAM),
          Key.fraction("training.optimiser.beta2").where(ADAM),
          Key.positiveSingle("training.optimiser.epsilon").where(ADAM),
          Key.choice(TYPE, "constant", "decay", "cyclical"),
          Key.positiveSingle("training.schedule.eta"),
          Key.positiveSingle("training.schedule.eta-min").where(CYCLICAL),
          Key.whole("training.schedule.half-cycle", 1).where(CYCLICAL, ONE_UNIT),
          Key.of(CYCLES, new ValueType.CountOrLengths(new ValueType.Counts("[1, 3, 6, 10]")))
              .where(CYCLICAL),
          Key.real("training.schedule.cycle-growth", 1).where(CYCLICAL, ONE_UNIT),
          Key.share("training.schedule.decay").where(is(TYPE, "decay")),
          Key.whole("training.schedule.epochs", 1).where(IN_EPOCHS));

  private static final ValueType TEXTS =
      new ValueType.Items(String.class, "a list of texts, such as [\"eta <= 100 * lambda\"]");
  private static final ValueType POINTS =
      new ValueType.Items(Map.class, "a list of points, such as [{ lambda = 1e-3, eta = 0.1 }]");

  private static final ValueType COLUMNS =
      new ValueType.Items(String.class, "a list of columns, such as [age, plan]");

  private static final String[] SAMPLERS = {"grid", "random", "random-grid", "sobol", "tpe", "gp"};

  private static final Map<String, Key> ALL = all();

  private Keys() {}

  public static @Nullable Key get(String path) {
    return ALL.get(path);
  }

  /** A key that is known to exist. */
  public static Key require(String path) {
    Key key = ALL.get(path);
    if (key == null) {
      throw new AssertionError("no key " + path);
    }
    return key;
  }

  public static Collection<Key> everyKey() {
    return ALL.values();
  }

  public static List<Key> settings() {
    return SETTINGS;
  }

  /** Defaults that are others with a source of data. */
  static Map<String, Object> standards(String source) {
    return switch (source) {
      case "table", "images" -> Map.of("data.train", REST, "data.validation", 0.2);
      case "cifar-100" -> Map.of("data.path", "data/cifar-100");
      default -> Map.of();
    };
  }

  /** Whether some key lies below the path, or is added below it by the file's axes. */
  static boolean isSection(String path) {
    return path.equals("report")
        || SPACES.contains(path)
        || ALL.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
  }

  private static void rungs(String phase, List<Key> keys) {
    String rungs = phase + ".rungs.";
    keys.add(Key.choice(rungs + "type", "none", "halving", "hyperband", "asha"));
    keys.add(
        Key.of(
            rungs + "at",
            new ValueType.OrWord(new ValueType.Counts("[2, 10, 20] (epochs)"), "auto")));
    keys.add(Key.whole(rungs + "reduction", 2));
    keys.add(Key.of(rungs + "keep", new ValueType.Counts("[9, 4, 2]")));
  }

  private static Map<String, Key> all() {
    List<Key> keys = new ArrayList<>();
    keys.add(
        Key.text(
            "study.name",
            "[A-Za-z0-9][A-Za-z0-9._-]*",
            "letters, digits, '.', '_' and '-', a letter or digit first (it names a folder)"));
    keys.add(Key.of("study.seed", new ValueType.Whole(Long.MIN_VALUE, Long.MAX_VALUE)));
    keys.add(
        Key.choice(
            "data.source", "auto", "cifar-10", "synthetic", "idx", "table", "cifar-100", "images"));
    keys.add(Key.choice("data.labels", "fine", "coarse"));
    keys.add(Key.text("data.path", ANY_TEXT, "the path of a folder or an archive"));
    keys.add(
        Key.text(
            "data.size",
            "[1-9]\\d{0,3}x[1-9]\\d{0,3}",
            "a width and a height in pixels, such as 32x32"));
    keys.add(Key.text("data.table.path", ANY_TEXT, "the path or address of files"));
    keys.add(Key.choice("data.table.format", "auto", "csv", "parquet", "orc", "json"));
    keys.add(Key.of("data.table.options", new Texts()));
    keys.add(Key.text("data.table.name", ANY_TEXT, "a table's name"));
    keys.add(Key.text("data.table.sql", ".+", "a query, such as SELECT age, churned FROM people"));
    keys.add(Key.text("data.table.label", ANY_TEXT, "a column's name"));
    keys.add(Key.of("data.features", COLUMNS));
    keys.add(Key.of("data.drop", COLUMNS));
    keys.add(Key.of("data.categorical", new ValueType.OrWord(COLUMNS, "all")));
    keys.add(Key.whole("data.max-categories", 1));
    keys.add(Key.of("data.test", new TestRows()));
    keys.addAll(SETTINGS);
    keys.add(Key.choice("coarse.sampler", SAMPLERS));
    keys.add(Key.whole("coarse.configurations", 1));
    keys.add(Key.whole("coarse.replicates", 1));
    keys.add(Key.flag("coarse.evaluate-test"));
    keys.add(Key.of("coarse.constraints", TEXTS));
    keys.add(Key.of("coarse.enqueue", POINTS));
    rungs("coarse", keys);
    keys.add(Key.whole("fine.top", 1));
    keys.add(Key.share("fine.zoom.shrink"));
    keys.add(Key.real("fine.zoom.margin", 0));
    keys.add(Key.flag("fine.zoom.clip"));
    keys.add(Key.choice("fine.sampler", SAMPLERS));
    keys.add(Key.whole("fine.configurations", 1));
    keys.add(Key.whole("fine.points", 1));
    keys.add(Key.whole("fine.replicates", 1));
    keys.add(Key.flag("fine.evaluate-test"));
    keys.add(Key.of("fine.constraints", TEXTS));
    keys.add(Key.of("fine.enqueue", POINTS));
    keys.add(Key.whole("fine.levels", 1));
    rungs("fine", keys);
    keys.add(Key.whole("final.top", 1));
    keys.add(Key.whole("final.trial", 0));
    keys.add(Key.whole("final.replicates", 1));
    for (String phase : List.of("coarse", "fine")) {
      keys.add(Key.whole(phase + ".budget.trials", 1));
      keys.add(Key.whole(phase + ".budget.epochs", 1));
      keys.add(Key.share(phase + ".budget.target-accuracy"));
    }
    for (String phase : PHASES) {
      keys.add(Key.of(phase + ".budget.wall-clock", new TimeSpan()));
      SETTINGS.stream()
          .filter(key -> !key.path().startsWith("network."))
          .forEach(key -> keys.add(key.within(phase)));
    }
    keys.add(Key.text("results.dir", ANY_TEXT, "a folder's path or URI"));
    keys.add(Key.choice("engine.type", "vector", "reference"));
    keys.add(Key.wholeOr("engine.fuse", 1, "auto"));
    keys.add(Key.of("engine.checkpoint-every", new ValueType.OrWord(new TimeSpan(), "off")));
    keys.add(Key.whole("search.parallel", 1));
    keys.add(Key.wholeOr("search.max-in-flight", 1, "auto"));
    keys.add(Key.whole("search.consecutive-failures", 1));
    keys.add(Key.of("search.hang-timeout", new TimeSpan()));
    Map<String, Key> byPath = new LinkedHashMap<>();
    keys.forEach(key -> byPath.put(key.path(), key));
    return byPath;
  }
}
