package dev.sieve.search.scheduler;

import dev.sieve.search.scheduler.RungScheduler.Traffic;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a phase that adapts will come to: at each rung as many trials as its promoter expects, or as
 * have begun where those are more. Trials that have yet to be decided on are taken to be as long as
 * the first that began, and of the mean work of those that began.
 */
final class Forecast {
  private final RungScheduler promoter;
  private final int replicates;
  private final TrialMaker maker;
  private @Nullable Trial first;

  /** Trials begun, by rung: those that enter there, and those that come from the rung before. */
  private int[] entered = {};

  private int[] climbed = {};
  private double work;

  /** What {@link #work} would be if all were like the first. */
  private double alike;

  Forecast(RungScheduler promoter, int replicates, TrialMaker maker) {
    this.promoter = promoter;
    this.replicates = replicates;
    this.maker = maker;
  }

  /** A trial begins. */
  void begun(Trial trial) {
    if (first == null) {
      first = trial;
      int rungs = maker.steps(trial.settings()).size();
      entered = new int[rungs];
      climbed = new int[rungs];
    }
    boolean enters = trial.stage().from() == 0;
    (enters ? entered : climbed)[trial.stage().rung()]++;
    work += trial.work();
    alike += like(first, trial.stage().rung(), enters).work();
  }

  /** Trials that have yet to begin, if there are so many configurations. */
  int undecided(int configurations) {
    int undecided = 0;
    for (Missing missing : missing(configurations)) {
      undecided += missing.count();
    }
    return undecided;
  }

  /** What {@link #undecided} trials are likely to be. */
  List<Trial> trials(int configurations) {
    List<Trial> trials = new ArrayList<>();
    for (Missing missing : missing(configurations)) {
      for (int i = 0; i < missing.count(); i++) {
        trials.add(missing.like());
      }
    }
    return trials;
  }

  /** Work of {@link #undecided}. */
  double work(int configurations) {
    double sum = 0;
    for (Missing missing : missing(configurations)) {
      sum += missing.count() * missing.like().work();
    }
    return sum == 0 ? 0 : sum * work / alike;
  }

  /**
   * Epochs of all trials of a phase with rungs, those that have begun and those expected.
   *
   * @param settings of any configuration: beside rungs all are of one length
   */
  long epochs(int configurations, TrialSettings settings) {
    return epochs(configurations, settings, -1);
  }

  /** The same if one configuration more goes on to a rung. */
  long epochsWithAnother(int configurations, int rung) {
    return first == null ? 0 : epochs(configurations, first.settings(), rung);
  }

  private long epochs(int configurations, TrialSettings settings, int another) {
    List<Traffic> expected = promoter.expected(configurations);
    List<Traffic> trials = new ArrayList<>();
    for (int rung = 0; rung < expected.size(); rung++) {
      Traffic planned = expected.get(rung).times(replicates);
      int begun = first == null ? 0 : entered[rung];
      int up = first == null ? 0 : climbed[rung] + (rung == another ? replicates : 0);
      trials.add(
          new Traffic(Math.max(begun, planned.entering()), Math.max(up, planned.climbing())));
    }
    return Traffic.epochs(trials, maker.steps(settings), settings.stepsPerEpoch());
  }

  /** So many trials like one. */
  private record Missing(int count, Trial like) {}

  private List<Missing> missing(int configurations) {
    List<Missing> missing = new ArrayList<>();
    if (first == null) {
      return missing;
    }
    List<Traffic> expected = promoter.expected(configurations);
    for (int rung = 0; rung < expected.size(); rung++) {
      Traffic planned = expected.get(rung).times(replicates);
      int entering = planned.entering() - entered[rung];
      if (entering > 0) {
        missing.add(new Missing(entering, like(first, rung, true)));
      }
      int climbing = planned.climbing() - climbed[rung];
      if (rung > 0 && climbing > 0) {
        missing.add(new Missing(climbing, like(first, rung, false)));
      }
    }
    return missing;
  }

  private Trial like(Trial first, int rung, boolean enters) {
    List<Long> steps = maker.steps(first.settings());
    Stage stage = new Stage(rung, enters ? 0 : steps.get(rung - 1), steps.get(rung));
    return maker.trial(first.configuration(), first.settings(), 0, first.ordinal(), stage);
  }
}
