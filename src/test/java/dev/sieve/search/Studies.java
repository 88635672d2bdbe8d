package dev.sieve.search;

import dev.sieve.data.DataSelection;
import dev.sieve.error.UserException;
import dev.sieve.network.Initialiser;
import dev.sieve.network.NetworkSpec;
import dev.sieve.search.definition.Budget;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FinalSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.RungSpec;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.search.definition.SettingsResolver;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.definition.Zoom;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.TrainingSpec;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Small studies over λ and η for tests, changed by {@code with…}. */
public record Studies(
    @Nullable CoarseSpec coarse,
    @Nullable FineSpec fine,
    @Nullable FinalSpec last,
    SearchSettings search,
    int batchSize,
    Map<Phase, Budget> budgets,
    @Nullable RungSpec rungs) {
  public static final String LAMBDA = "training.lambda";
  public static final String ETA = "training.schedule.eta";

  public static final String WIDTH = "network.hidden";

  public static final String EPOCHS = "training.schedule.epochs";

  /** A 3 × 2 grid, three boxes of random draws, one final pick with two replicates. */
  public static Studies small() {
    Space space = new Space(List.of(log("lambda", LAMBDA, -5, -1, 3), log("eta", ETA, -2, -1, 2)));
    return new Studies(
        new CoarseSpec(SamplerKind.GRID, 0, 2, space),
        new FineSpec(3, new Zoom.Boxes(0.25, true), SamplerKind.RANDOM, 5, 1, 0, null),
        new FinalSpec(1, 2, null, null),
        new SearchSettings(4, 0, 0, 0, Duration.ofMinutes(1)),
        100,
        Map.of(),
        null);
  }

  public static Axis log(String label, String path, double low, double high, int points) {
    return new Axis(path, label, new Domain.Log10(low, high, points));
  }

  public static Axis values(String label, String path, double... values) {
    List<AxisValue> numbers = new ArrayList<>();
    for (double value : values) {
      numbers.add(new AxisValue.Number(value));
    }
    return new Axis(path, label, new Domain.Values(numbers));
  }

  public Studies withCoarse(CoarseSpec changed) {
    return new Studies(changed, fine, last, search, batchSize, budgets, rungs);
  }

  public Studies withFine(FineSpec changed) {
    return new Studies(coarse, changed, last, search, batchSize, budgets, rungs);
  }

  public Studies withLast(FinalSpec changed) {
    return new Studies(coarse, fine, changed, search, batchSize, budgets, rungs);
  }

  public Studies withSearch(SearchSettings changed) {
    return new Studies(coarse, fine, last, changed, batchSize, budgets, rungs);
  }

  public Studies withBatchSize(int changed) {
    return new Studies(coarse, fine, last, search, changed, budgets, rungs);
  }

  public Studies withBudget(Phase phase, Budget budget) {
    return new Studies(coarse, fine, last, search, batchSize, Map.of(phase, budget), rungs);
  }

  /** RungSpec of coarse and fine; their budget is the last of {@code at} plus one epoch. */
  public Studies withRungs(@Nullable RungSpec changed) {
    return new Studies(coarse, fine, last, search, batchSize, budgets, changed);
  }

  public StudyDefinition definition() {
    return definition("0123", Map.of());
  }

  /** On data of this fingerprint. */
  public StudyDefinition definition(String fingerprint, Map<String, String> parts) {
    return new StudyDefinition(
        "small",
        7,
        "reference",
        "synthetic",
        fingerprint,
        new TreeMap<>(parts),
        coarse,
        fine,
        last,
        search,
        budgets,
        resolver(),
        "");
  }

  private SettingsResolver resolver() {
    return new SettingsResolver() {
      @Override
      public TrialSettings resolve(Phase phase, Configuration configuration) {
        return Studies.this.resolve(phase, configuration);
      }

      @Override
      public @Nullable RungSpec rungs(Phase phase) {
        return phase == Phase.FINAL ? null : rungs;
      }
    };
  }

  private int epochs(Phase phase) {
    if (phase != Phase.FINAL && rungs != null) {
      return rungs.at().get(rungs.at().size() - 1) + 1;
    }
    return phase == Phase.FINAL ? 2 : 1;
  }

  /** Lays λ, η and epochs over a network of 4 inputs; refuses λ < 0. */
  public TrialSettings resolve(Phase phase, Configuration configuration) {
    double lambda = number(configuration, LAMBDA, 0.005);
    double eta = number(configuration, ETA, 0.1);
    if (lambda < 0) {
      throw new UserException("training.lambda >= 0 must hold, but got " + lambda);
    }
    int epochs = (int) number(configuration, EPOCHS, epochs(phase));
    if (epochs < 1) {
      throw new UserException("training.schedule.epochs >= 1 must hold, but got " + epochs);
    }
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put(EPOCHS, Integer.toString(epochs));
    settings.put(LAMBDA, Double.toString(lambda));
    settings.put(ETA, Double.toString(eta));
    settings.put("training.batch-size", Integer.toString(batchSize));
    Initialiser zero = new Initialiser.Zero();
    int width = (int) number(configuration, WIDTH, 3);
    settings.put(WIDTH, Integer.toString(width));
    NetworkSpec network = new NetworkSpec(4, List.of(width), 2, null, zero, zero);
    TrainingSpec training =
        new TrainingSpec(
            batchSize,
            lambda,
            new Optimiser.Sgd(),
            new Schedule.Constant(eta, epochs),
            false,
            0,
            false);
    DataSelection data =
        new DataSelection(
            1000, 100, DataSelection.Order.SEEDED, false, DataSelection.Standardisation.PER_INPUT);
    return new TrialSettings(network, training, data, false, phase == Phase.FINAL, settings);
  }

  private static double number(Configuration configuration, String path, double file) {
    AxisValue value = configuration.values().get(path);
    return value instanceof AxisValue.Number number ? number.value() : file;
  }

  /** Hears everything and keeps it. */
  public static final class Heard implements StudyListener {
    public final List<String> notes = new ArrayList<>();
    public final List<PhasePlan> plans = new ArrayList<>();
    public final List<TrialOutcome> outcomes = new ArrayList<>();
    public final List<PhaseRow> records = new ArrayList<>();
    private @Nullable PhasePlan last;
    public Runnable onFinished = () -> {};

    @Override
    public void started(PhasePlan plan, int finished) {
      plans.add(plan);
    }

    @Override
    public void finished(PhasePlan plan, TrialOutcome outcome) {
      outcomes.add(outcome);
      onFinished.run();
    }

    /** What a phase's plan was at its end. */
    PhasePlan last() {
      return Objects.requireNonNull(last);
    }

    @Override
    public void tick() {}

    @Override
    public void ended(PhasePlan plan, PhaseRow record) {
      last = plan;
      records.add(record);
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }
  }
}
