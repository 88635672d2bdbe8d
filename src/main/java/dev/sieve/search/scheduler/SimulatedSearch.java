package dev.sieve.search.scheduler;

import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.scheduler.RungScheduler.Standing;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialSettings;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * An adaptive phase under a simulated clock. {@code parallel} trials run side by side, each for its
 * {@link Trial#work()}. All that end at one virtual time are told together, in trial order; then
 * survivors of a rung go on and all free places are filled one by one, those just filled counting
 * as running. So the decisions depend on the plan and the outcomes alone, not on when and where
 * these arrive, and are made again from the table's rows by a driver that resumes.
 */
public final class SimulatedSearch {
  private record Running(Trial trial, BigDecimal end) {}

  /** A configuration on its way up the rungs. */
  private final class Entrant {
    final Configuration configuration;
    final TrialSettings settings;
    final List<Long> steps;
    final int ordinal;
    final int first;
    final KnownOutcome[] told = new KnownOutcome[replicates];
    int rung;

    Entrant(Configuration configuration, TrialSettings settings) {
      this.configuration = configuration;
      this.settings = settings;
      this.steps = maker.steps(settings);
      this.ordinal = entrants.size() * replicates;
      this.first = promoter.enter(configuration.id());
      this.rung = first;
    }

    /** The trials of its rung, one for each replicate. */
    List<Trial> trials() {
      Stage stage = new Stage(rung, rung == first ? 0 : steps.get(rung - 1), steps.get(rung));
      List<Trial> made = new ArrayList<>();
      for (int replicate = 0; replicate < replicates; replicate++) {
        made.add(maker.trial(configuration, settings, replicate, ordinal + replicate, stage));
      }
      return made;
    }
  }

  private final int parallel;
  private final int replicates;
  private final AskTell proposals;
  private final RungScheduler promoter;
  private final TrialMaker maker;
  private final Forecast forecast;
  private final Map<String, Entrant> entrants = new HashMap<>();
  private final List<Trial> trials = new ArrayList<>();
  private final Deque<Trial> waiting = new ArrayDeque<>();
  private final PriorityQueue<Running> running =
      new PriorityQueue<>(
          Comparator.comparing(Running::end).thenComparingInt(next -> next.trial().ordinal()));

  /** Exact: work is a whole number, and equal times must be equal. */
  private BigDecimal now = BigDecimal.ZERO;

  public SimulatedSearch(
      int parallel, int replicates, AskTell proposals, RungScheduler promoter, TrialMaker maker) {
    this.parallel = parallel;
    this.replicates = replicates;
    this.proposals = proposals;
    this.promoter = promoter;
    this.maker = maker;
    this.forecast = new Forecast(promoter, replicates, maker);
    fill();
  }

  /** What runs now and ends first, in trial order; empty where the phase is at its end. */
  public List<Trial> due() {
    Running first = running.peek();
    if (first == null) {
      return List.of();
    }
    return running.stream()
        .filter(next -> next.end().compareTo(first.end()) == 0)
        .map(Running::trial)
        .sorted(Comparator.comparingInt(Trial::ordinal))
        .toList();
  }

  /** Everything that runs now, in trial order. */
  public List<Trial> running() {
    return running.stream()
        .map(Running::trial)
        .sorted(Comparator.comparingInt(Trial::ordinal))
        .toList();
  }

  /** Goes on as far as outcomes are known. */
  public void advance(Map<TrialKey, KnownOutcome> outcomes) {
    for (List<Trial> due = due(); !due.isEmpty(); due = due()) {
      if (!due.stream().allMatch(trial -> outcomes.containsKey(trial.key()))) {
        return;
      }
      for (Trial trial : due) {
        Running next = running.remove();
        now = next.end();
        KnownOutcome told = outcomes.get(trial.key());
        if (told != null) {
          tell(trial, told);
        }
      }
      fill();
    }
  }

  public boolean finished() {
    return running.isEmpty();
  }

  /** Which budget ended the phase before its configurations did; empty for none. */
  public String limit() {
    return proposals.limit();
  }

  /**
   * Trials that were stopped at their last rung, so far, in the order of the decisions. Those that
   * ended there by themselves, with no figures, are among them.
   */
  public List<Trial> stopped() {
    List<Trial> stopped = new ArrayList<>();
    for (String configuration : promoter.stopped()) {
      stopped.addAll(entrant(configuration).trials());
    }
    return stopped;
  }

  /** All trials begun so far. */
  public PhasePlan plan() {
    if (finished()) {
      return maker.plan(trials, 0, 0);
    }
    int size = size();
    return maker.plan(trials, forecast.undecided(size), forecast.work(size));
  }

  /** Trials like those that are likely to begin yet: as many to each rung as are missing. */
  public List<Trial> undecided() {
    return finished() ? List.of() : forecast.trials(size());
  }

  /** How many configurations there will be, as far as is known and the budget allows. */
  private int size() {
    int most = proposals.size();
    if (!staged() || proposals.affords(forecast.epochs(most, trials.get(0).settings()))) {
      return most;
    }
    int least = entrants.size();
    while (least < most) {
      int half = (least + most + 1) >>> 1;
      if (proposals.affords(forecast.epochs(half, trials.get(0).settings()))) {
        least = half;
      } else {
        most = half - 1;
      }
    }
    return least;
  }

  /** Whether trials are compared on their way. */
  private boolean staged() {
    return maker.steps(trials.get(0).settings()).size() > 1;
  }

  private void tell(Trial trial, KnownOutcome told) {
    Entrant entrant = entrant(trial.key().configuration());
    entrant.told[trial.replicate()] = told;
    for (KnownOutcome one : entrant.told) {
      if (one == null) {
        return;
      }
    }
    String id = trial.key().configuration();
    double score = proposals.tell(id, List.of(entrant.told)).score();
    promoter.reached(entrant.rung, new Standing(id, score));
  }

  private void fill() {
    begin(survivors());
    while (running.size() < parallel) {
      if (waiting.isEmpty()) {
        waiting.addAll(next());
      }
      if (waiting.isEmpty()) {
        break;
      }
      begin(List.of(waiting.remove()));
    }
    while (running.isEmpty()) {
      String last = promoter.last();
      if (last == null) {
        return;
      }
      begin(up(last));
    }
  }

  /** What begins at once, without a place. */
  private List<Trial> survivors() {
    List<Trial> survivors = new ArrayList<>();
    if (!promoter.takesPlaces()) {
      for (String id = goesOn(); id != null; id = goesOn()) {
        survivors.addAll(up(id));
      }
    }
    return survivors;
  }

  /** What a free place takes: a configuration that goes on, or else a new one. */
  private List<Trial> next() {
    String id = promoter.takesPlaces() ? goesOn() : null;
    if (id != null) {
      return up(id);
    }
    Configuration proposed = proposals.next();
    TrialSettings settings = proposed == null ? null : maker.settings(proposed);
    if (proposed == null || settings == null || !admits(settings)) {
      // Only now is it certain how many there are, which may end a rung.
      begin(survivors());
      return List.of();
    }
    Entrant entrant = new Entrant(proposed, settings);
    entrants.put(proposed.id(), entrant);
    return entrant.trials();
  }

  /** Beside rungs not what a trial may take counts, but what all are expected to take. */
  private boolean admits(TrialSettings settings) {
    return maker.steps(settings).size() > 1
        ? proposals.admits(forecast.epochs(entrants.size() + 1, settings))
        : proposals.admits(settings);
  }

  private @Nullable String goesOn() {
    return promoter.next(
        proposals.size(),
        rung -> proposals.affords(forecast.epochsWithAnother(entrants.size(), rung)));
  }

  private List<Trial> up(String configuration) {
    Entrant entrant = entrant(configuration);
    entrant.rung++;
    Arrays.fill(entrant.told, null);
    return entrant.trials();
  }

  private void begin(List<Trial> begun) {
    for (Trial trial : begun) {
      trials.add(trial);
      forecast.begun(trial);
      running.add(new Running(trial, now.add(new BigDecimal(trial.work()))));
    }
  }

  private Entrant entrant(String configuration) {
    Entrant entrant = entrants.get(configuration);
    if (entrant == null) {
      throw new IllegalStateException("configuration " + configuration + " never entered");
    }
    return entrant;
  }
}
