package dev.sieve.config;

import dev.sieve.config.hocon.Entry;
import dev.sieve.config.hocon.Hocon;
import dev.sieve.config.hocon.Key;
import dev.sieve.config.hocon.Keys;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.Problems;
import dev.sieve.config.hocon.SourcePosition;
import dev.sieve.data.DataSelection;
import dev.sieve.data.DataSet;
import dev.sieve.data.DataShape;
import dev.sieve.data.Split;
import dev.sieve.data.source.DataSource;
import dev.sieve.error.UserException;
import dev.sieve.search.definition.Budget;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FinalSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.RungSpec;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.search.definition.SettingsResolver;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.space.Limits;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import dev.sieve.trial.TrialSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A study's file with its overrides, read and checked. Immutable. */
public final class Experiment implements SettingsResolver {
  /** No axis's value: the file's own settings. */
  public static final Configuration OWN = new Configuration(new TreeMap<>());

  /** File systems take 255 letters of a folder's name; some are the data set's. */
  private static final int LONGEST_NAME = 240;

  private final ParsedStudy document;
  private final UnaryOperator<@Nullable String> environment;
  private final Map<Phase, PhaseView> views = new EnumMap<>(Phase.class);
  private final Map<Phase, RungSpec> rungs = new EnumMap<>(Phase.class);
  private final @Nullable CoarseSpec coarse;
  private final @Nullable FineSpec fine;
  private final @Nullable FinalSpec last;
  private final long parameters;
  private final String text;
  private final List<String> notes;
  private volatile @Nullable DataShape shape;

  private Experiment(
      ParsedStudy document, Problems problems, UnaryOperator<@Nullable String> environment) {
    this.document = document;
    this.environment = environment;
    int letters = document.text("study.name").length();
    if (letters > LONGEST_NAME) {
      problems.add(
          document.require("study.name").place(),
          "study.name must have at most %s letters (it names a folder), but has %s; shorten it"
              .formatted(LONGEST_NAME, letters));
    }
    for (String path : List.of("data.path", "results.dir")) {
      String written = document.text(path);
      String local = path.equals("data.path") ? UserPath.notLocal(written) : null;
      String problem = local == null ? UserPath.problem(written, environment) : local;
      if (problem != null && !document.require(path).broken()) {
        problems.add(document.require(path).place(), path + " " + problem);
      }
    }
    PhaseReader phases = new PhaseReader(document, problems);
    for (Phase phase : Phase.values()) {
      views.put(phase, PhaseView.of(document, phase, phases.axes(phase)));
    }
    this.coarse = phases.coarse();
    this.fine = phases.fine();
    this.last = phases.last();
    List<PhaseView> present = new ArrayList<>();
    document.phases().forEach(phase -> present.add(view(phase)));
    CrossKeyRules checks = new CrossKeyRules(document, present, problems);
    checks.source();
    checks.settings();
    checks.axes(view(Phase.COARSE), phases.places(Phase.COARSE), "coarse.space");
    checks.axes(view(Phase.FINE), phases.places(Phase.FINE), "fine.space");
    checks.axes(view(Phase.FINAL), phases.places(Phase.FINAL), "final.values");
    int most = DataSource.mostImages(source());
    checks.limits(most, Math.max(most, DataSource.mostImages(DataSource.Kind.AUTO)));
    this.parameters = checks.networks();
    for (PhaseView view : present) {
      RungSpec read =
          view.phase() == Phase.FINAL ? null : new RungReader(document, view, problems).read();
      if (read != null) {
        rungs.put(view.phase(), read);
      }
    }
    problems.throwIfAny();
    this.notes = EqualNetworks.notes(present);
    this.text = new EffectiveText(document, present, coarse, fine, last).toString();
  }

  private Experiment(Experiment study, DataShape shape) {
    this.document = study.document;
    this.environment = study.environment;
    this.views.putAll(study.views);
    this.rungs.putAll(study.rungs);
    this.coarse = study.coarse;
    this.fine = study.fine;
    this.last = study.last;
    this.parameters = study.parameters;
    this.text = study.text;
    this.notes = study.notes;
    this.shape = new KnownShape(shape);
  }

  /**
   * Reads a file over the defaults and overrides over the file.
   *
   * @param file HOCON, or null for the defaults alone
   * @param overrides {@code path=value}; a value is HOCON if it parses, else the text itself; null
   *     takes back what the file says
   * @throws UserException with every problem, a line each: file and line, rule, value, remedy or
   *     nearest known key
   */
  public static Experiment load(@Nullable Path file, List<String> overrides) {
    return load(file, overrides, System::getenv);
  }

  /**
   * @param environment stands for the environment's variables
   */
  public static Experiment load(
      @Nullable Path file, List<String> overrides, UnaryOperator<@Nullable String> environment) {
    Problems problems = new Problems();
    Hocon.Layers layers = new Hocon(environment, problems).read(file, overrides);
    return new Experiment(new ParsedStudy(layers, problems), problems, environment);
  }

  /** The study's name, with the data set's name as a suffix where the source is {@code auto}. */
  public String study() {
    String name = document.text("study.name");
    DataSource source = data();
    return source() == DataSource.Kind.AUTO ? name + "-" + source.name() : name;
  }

  public long seed() {
    return (Long) document.require("study.seed").value();
  }

  /**
   * Where the examples come from. A path that the file, an override or the environment names, other
   * than the default, must have them.
   */
  public DataSource data() {
    Entry path = document.require("data.path");
    Entry standard = document.standard("data.path");
    // The environment's word is the standard's value, but somebody's all the same.
    boolean named =
        path.explicit() && !(standard.place().isDefault() && path.value().equals(standard.value()));
    DataSource.Kind kind = source();
    SourcePosition said = path.explicit() ? path.place() : document.require("data.source").place();
    if (kind == DataSource.Kind.TABLE) {
      said =
          Stream.of("data.table.path", "data.table.name", "data.table.sql")
              .map(document::entry)
              .filter(Objects::nonNull)
              .findFirst()
              .orElseGet(() -> document.require("data.table.label"))
              .place();
    }
    return new DataSource(
        named && kind == DataSource.Kind.AUTO ? DataSource.Kind.NAMED : kind,
        Path.of(UserPath.expanded((String) path.value(), environment)),
        said.isDefault() ? "" : said.toString(),
        kind == DataSource.Kind.TABLE ? new TableReading(document, environment).source() : null,
        kind == DataSource.Kind.IMAGES ? size() : null);
  }

  private DataSource.ImageSize size() {
    String[] sides = document.text("data.size").split("x", -1);
    return new DataSource.ImageSize(
        Integer.parseInt(sides[0]),
        Integer.parseInt(sides[1]),
        document.require("data.test").value() instanceof Double share ? share : 0);
  }

  /** This study on a data set that was read. */
  public Experiment on(DataShape data) {
    return new Experiment(this, data);
  }

  /** Of the data set; read once, since every trial asks. */
  private DataShape shape() {
    DataShape known = shape;
    if (known == null) {
      known = data().shape();
      shape = known;
    }
    return known;
  }

  /** As the file says it. */
  private DataSource.Kind source() {
    DataSource.Kind kind =
        DataSource.Kind.valueOf(
            document.text("data.source").replace('-', '_').toUpperCase(Locale.ROOT));
    return kind == DataSource.Kind.CIFAR_100 && document.text("data.labels").equals("coarse")
        ? DataSource.Kind.CIFAR_100_COARSE
        : kind;
  }

  /** Weights and biases of the largest network that a phase may train. */
  public long parameters() {
    return parameters;
  }

  /** {@code engine.type}. */
  public String engineType() {
    return document.text("engine.type");
  }

  /** {@code engine.checkpoint-every}; null where it is off. */
  public @Nullable Duration checkpointEvery() {
    return document.valueOrNull("engine.checkpoint-every", Duration.class);
  }

  /**
   * Whether a data set has the examples that a phase asks for.
   *
   * @throws UserException if not, with the place that says how many
   */
  public void requireFits(DataSet data, Phase phase) {
    DataSelection selection = selection(data, phase);
    try {
      Split.requireFits(data, selection);
    } catch (UserException e) {
      for (String key : List.of("data.train", "data.validation")) {
        Entry own = document.entry(phase.label() + "." + key);
        SourcePosition place = (own == null ? document.require(key) : own).place();
        if (!place.isDefault()) {
          throw new UserException(place + ": " + e.getMessage(), e);
        }
      }
      throw e;
    }
    // What columns cannot become is told now, and not when the phase begins.
    data.inputs(selection, seed());
  }

  /** What a phase trains on. */
  public DataSelection selection(DataSet data, Phase phase) {
    return view(phase).settings().selection(data);
  }

  /** Bytes that an executor holds of the data, for the phase that takes the most. */
  public long bytes(DataSet data) {
    return phases().stream()
        .mapToLong(phase -> data.bytes(selection(data, phase), seed()))
        .max()
        .orElse(0);
  }

  /** The same of several phases. */
  public void requireFits(DataSet data, List<Phase> phases) {
    phases.forEach(phase -> requireFits(data, phase));
  }

  /** {@code results.dir}: an absolute local path or any Hadoop URI. */
  public String resultsDir() {
    return UserPath.absolute(document.text("results.dir"), environment);
  }

  public SearchSettings search() {
    return new SearchSettings(
        document.whole("search.parallel"),
        document.wholeOrAuto("search.max-in-flight"),
        document.wholeOrAuto("engine.fuse"),
        document.whole("search.consecutive-failures"),
        (Duration) document.require("search.hang-timeout").value());
  }

  /** {@code budget} of each phase that has one. */
  public Map<Phase, Budget> budgets() {
    Map<Phase, Budget> budgets = new EnumMap<>(Phase.class);
    for (Phase phase : document.phases()) {
      String section = phase.label() + ".budget.";
      Budget budget =
          new Budget(
              document.wholeOrNull(section + "trials"),
              document.wholeOrNull(section + "epochs"),
              document.valueOrNull(section + "wall-clock", Duration.class),
              document.valueOrNull(section + "target-accuracy", Double.class));
      if (!budget.equals(Budget.NONE)) {
        budgets.put(phase, budget);
      }
    }
    return budgets;
  }

  /** The whole study, on a data set that was read. */
  public StudyDefinition definition(DataSet data) {
    return on(data).definition(data.name(), data.fingerprint(), data.parts());
  }

  /** The whole study, on images of this name and content. */
  public StudyDefinition definition(String dataName, String fingerprint) {
    return definition(dataName, fingerprint, Collections.emptySortedMap());
  }

  private StudyDefinition definition(
      String dataName, String fingerprint, SortedMap<String, String> parts) {
    return new StudyDefinition(
        study(),
        seed(),
        engineType(),
        dataName,
        fingerprint,
        parts,
        coarse,
        fine,
        last,
        search(),
        budgets(),
        this,
        text());
  }

  /** The phases that the file has, in their order. */
  public List<Phase> phases() {
    return List.copyOf(document.phases());
  }

  public @Nullable CoarseSpec coarse() {
    return coarse;
  }

  public @Nullable FineSpec fine() {
    return fine;
  }

  public @Nullable FinalSpec last() {
    return last;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A phase that the file does not have takes the file's settings without overrides.
   */
  @Override
  public TrialSettings resolve(Phase phase, Configuration configuration) {
    boolean isFinal = phase == Phase.FINAL;
    boolean evaluateTest = isFinal || document.flag(phase.label() + ".evaluate-test");
    try {
      return view(phase)
          .settings()
          .with(configuration)
          .trial(shape(), seed(), evaluateTest, isFinal);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "the settings of a %s configuration cannot be used: %s; it has %s"
              .formatted(phase.label(), e.getMessage(), configuration.values()),
          e);
    }
  }

  @Override
  public Map<String, String> fixed(Phase phase) {
    PhaseView view = view(phase);
    Map<String, String> fixed = new TreeMap<>();
    for (Key key : Keys.settings()) {
      if (view.axis(key.path()) == null && view.unmet(key) == null) {
        fixed.put(key.path(), view.settings().text(key.path()));
      }
    }
    return fixed;
  }

  @Override
  public Limits limits(Phase phase, String path) {
    return CrossKeyRules.limits(view(phase), Keys.require(path));
  }

  @Override
  public @Nullable RungSpec rungs(Phase phase) {
    return rungs.get(phase);
  }

  /**
   * The effective configuration as HOCON text, a key a line in a fixed order, without what has no
   * effect. Loaded again it gives the same experiment.
   */
  public String text() {
    return text;
  }

  /** What is no mistake, but hardly what is wanted: lines to be told before anything runs. */
  public List<String> notes() {
    return notes;
  }

  private PhaseView view(Phase phase) {
    PhaseView view = views.get(phase);
    if (view == null) {
      throw new AssertionError("no view of " + phase);
    }
    return view;
  }
}
