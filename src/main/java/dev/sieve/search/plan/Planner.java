package dev.sieve.search.plan;

import dev.sieve.error.UserException;
import dev.sieve.random.Seed;
import dev.sieve.search.definition.Budget;
import dev.sieve.search.definition.SearchSpec;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.sampler.Observation;
import dev.sieve.search.sampler.RandomSampler;
import dev.sieve.search.sampler.Sampler;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.scheduler.BudgetTally;
import dev.sieve.search.scheduler.KnownOutcome;
import dev.sieve.search.scheduler.SimulatedSearch;
import dev.sieve.search.scheduler.TargetAccuracy;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Coordinates;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Domains;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Numerics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes trials of configurations: settings, replicates, ordinals, and the plan's identity. */
public final class Planner {
  /** Problems that one message lists. */
  private static final int SHOWN = 10;

  /**
   * What a phase will try.
   *
   * @param axes paths of everything that configurations may hold
   * @param identity the phase's own lines of the plan's identity: sampler, axes, boxes, picks
   */
  record Draft(
      Phase phase,
      int level,
      List<Configuration> configurations,
      int replicates,
      Set<String> axes,
      Map<String, String> identity,
      String box) {}

  private final StudyDefinition definition;
  private final Supplier<StudyHistory> history;
  private final Map<SearchSpec, SimulatedSearch> begun = new HashMap<>();
  private final Finished finished;
  private boolean partial;

  /**
   * @param history what the table holds at the time
   */
  public Planner(StudyDefinition definition, Supplier<StudyHistory> history) {
    this.definition = definition;
    this.history = history;
    this.finished = new Finished(history);
  }

  /** From now on phases may build on one that has not finished. */
  public void allowPartial() {
    partial = true;
  }

  boolean partial() {
    return partial;
  }

  /** Which rows are results. */
  public Finished finished() {
    return finished;
  }

  StudyDefinition definition() {
    return definition;
  }

  StudyHistory history() {
    return history.get();
  }

  /**
   * The plan of a coarse or fine phase: whole, or as far as the table's rows lead where the phase
   * adapts.
   */
  PlannedPhase plan(SearchSpec search, @Nullable Selection picks) {
    Seed seed = seed(search.phase(), search.level());
    if (search.sampler().adapts() || definition.resolver().rungs(search.phase()) != null) {
      SimulatedSearch virtual = virtual(search, new AdaptivePlanner(this, search), seed);
      return new PlannedPhase(virtual.plan(), picks, "", virtual);
    }
    List<Observation> extra = search.enqueue().stream().map(Observation::running).toList();
    List<Configuration> configurations = new ArrayList<>(search.enqueue());
    configurations.addAll(
        Sampler.of(search.sampler()).next(search.boxes(), extra, search.configurations(), seed));
    PhasePlan plan =
        plan(
            new Draft(
                search.phase(),
                search.level(),
                configurations,
                search.replicates(),
                search.axes(),
                search.identity(),
                search.box()));
    BudgetTally allowance = new BudgetTally(search.phase(), definition.budget(search.phase()));
    List<Trial> allowed = allowance.of(plan.trials());
    return new PlannedPhase(plan.of(allowed), picks, allowance.limit(), null);
  }

  /** The search as far as the rows lead; decisions are not made twice in one process. */
  private SimulatedSearch virtual(SearchSpec search, AdaptivePlanner maker, Seed seed) {
    SimulatedSearch virtual = begun.computeIfAbsent(search, s -> maker.search(seed));
    finished.advance(virtual, search.phase(), search.level());
    return virtual;
  }

  /** Any configuration of a space. */
  static Configuration any(Space space) {
    return space.configuration(RandomSampler.draw(space, Seed.of(0, "any").draws()));
  }

  private Seed seed(Phase phase, int level) {
    return Seed.of(definition.seed(), "sampler/%s/%s".formatted(phase.label(), level));
  }

  /** The plan's trials that are yet to run: none once the target accuracy is reached. */
  List<Trial> unfinished(PhasePlan plan) {
    Map<TrialKey, KnownOutcome> rows = finished.of(plan.phase(), plan.level());
    // With rungs the search itself knows when it is enough.
    boolean staged = definition.resolver().rungs(plan.phase()) != null;
    TargetAccuracy target =
        new TargetAccuracy(staged ? Budget.NONE : definition.budget(plan.phase()), plan);
    return target.reached(rows).isEmpty()
        ? plan.trials().stream().filter(trial -> !rows.containsKey(trial.key())).toList()
        : List.of();
  }

  /**
   * The plan of a draft, with every trial's settings resolved.
   *
   * @throws UserException with all configurations' problems at once
   */
  PhasePlan plan(Draft draft) {
    requireSome(draft.phase(), draft.configurations().size(), draft.replicates());
    Map<Configuration, TrialSettings> settings = settings(draft);
    Map<TrialKey, Integer> ordinals = new HashMap<>();
    history()
        .trials(draft.phase(), draft.level())
        .forEach(row -> ordinals.put(row.key(), row.ordinal()));
    Set<Integer> taken = new HashSet<>(ordinals.values());
    List<Trial> trials = new ArrayList<>();
    int free = 0;
    for (Map.Entry<Configuration, TrialSettings> entry : settings.entrySet()) {
      Configuration configuration = entry.getKey();
      String id = configuration.id();
      for (int replicate = 0; replicate < draft.replicates(); replicate++) {
        TrialKey key =
            new TrialKey(definition.name(), draft.phase(), draft.level(), id, replicate, 0);
        Integer ordinal = ordinals.get(key);
        if (ordinal == null) {
          while (taken.contains(free)) {
            free++;
          }
          ordinal = free++;
        }
        trials.add(new Trial(key, ordinal, configuration, entry.getValue(), definition.seed()));
      }
    }
    trials.sort(Comparator.comparingInt(Trial::ordinal));
    Phase phase = draft.phase();
    SortedMap<String, String> identity =
        identity(phase, draft.configurations().get(0), draft.axes(), draft.identity());
    return new PhasePlan(definition.name(), phase, draft.level(), trials, identity, draft.box());
  }

  private Map<Configuration, TrialSettings> settings(Draft draft) {
    Map<Configuration, TrialSettings> settings = new LinkedHashMap<>();
    Set<String> problems = new LinkedHashSet<>();
    for (Configuration configuration : draft.configurations()) {
      try {
        settings.put(configuration, definition.resolver().resolve(draft.phase(), configuration));
      } catch (UserException e) {
        problems.add(e.getMessage());
      }
    }
    if (problems.isEmpty()) {
      return settings;
    }
    List<String> shown = new ArrayList<>(problems).subList(0, Math.min(SHOWN, problems.size()));
    String more =
        problems.size() > SHOWN ? "\n… and %s more".formatted(problems.size() - SHOWN) : "";
    throw new UserException(String.join("\n", shown) + more);
  }

  /**
   * @throws UserException if a phase has nothing to run
   */
  void requireSome(Phase phase, int configurations, int replicates) {
    if ((long) configurations * replicates > SpaceCount.TRIALS) {
      throw new UserException(
          "a phase may have at most %s trials, but %s has %s configurations of %s replicates: lower one of them"
              .formatted(SpaceCount.TRIALS, phase.label(), configurations, replicates));
    }
    if (configurations < 1 || replicates < 1) {
      throw new UserException(
          "%s must have at least one configuration and one replicate, but has configurations = %s, replicates = %s: set %1$s.configurations and %1$s.replicates"
              .formatted(phase.label(), configurations, replicates));
    }
  }

  /**
   * The lines of the plan's identity that a sampler makes. Where it adapts, also what changes its
   * decisions: trials side by side, replicates, extra points, and every value of an axis.
   */
  Map<String, String> identity(
      SamplerKind sampler, int replicates, @Nullable Space space, List<Configuration> enqueue) {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("sampler", sampler.label());
    if (sampler.adapts()) {
      identity.put("search.parallel", Integer.toString(definition.search().parallel()));
      identity.put("replicates", Integer.toString(replicates));
      for (int i = 0; i < enqueue.size(); i++) {
        Configuration extra = enqueue.get(i);
        identity.put("enqueue." + i, extra.id() + " " + Coordinates.brief(List.of(), extra));
      }
    }
    if (space != null) {
      for (Axis axis : space.axes()) {
        Domain domain = axis.domain();
        identity.put(
            "space." + axis.path(),
            sampler.adapts() ? Domains.text(domain) : Domains.identity(domain));
      }
      for (int i = 0; i < space.constraints().size(); i++) {
        identity.put("constraint." + i, space.constraints().get(i).text());
      }
    }
    return identity;
  }

  /**
   * What may not change: seed, data, every setting of the phase that is no axis, engine, numerics,
   * and the phase's own lines.
   *
   * @param first a configuration, in case the file's own settings cannot be used
   * @param axes paths of the axes
   */
  SortedMap<String, String> identity(
      Phase phase, Configuration first, Set<String> axes, Map<String, String> own) {
    TrialSettings settings = base(phase, first);
    SortedMap<String, String> identity = new TreeMap<>(settings.settings());
    identity.putAll(definition.resolver().fixed(phase));
    identity.keySet().removeAll(axes);
    // Where the images lie is no matter: the fingerprint says which they are.
    identity.remove("data.path");
    identity.remove("data.source");
    identity.put("study.seed", Long.toString(definition.seed()));
    identity.put("data.name", definition.dataName());
    identity.put("data.fingerprint", definition.dataFingerprint());
    definition
        .dataParts()
        .forEach((part, holds) -> identity.put(PhasePlan.DATA_PART + part, holds));
    identity.put("engine.type", definition.engineType());
    identity.put("numerics", Integer.toString(Numerics.VERSION));
    identity.put("evaluate-test", Boolean.toString(settings.evaluateTest()));
    identity.putAll(own);
    identity.putAll(new PlanIdentity(definition, phase).lines());
    return identity;
  }

  /**
   * The phase's settings without an axis's value where the file allows that, so that a value added
   * to an axis cannot colour them; else with the first configuration's.
   */
  TrialSettings base(Phase phase, Configuration first) {
    try {
      return definition.resolver().resolve(phase, new Configuration(new TreeMap<>()));
    } catch (UserException e) {
      return definition.resolver().resolve(phase, first);
    }
  }
}
