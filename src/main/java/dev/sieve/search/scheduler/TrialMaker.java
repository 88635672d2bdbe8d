package dev.sieve.search.scheduler;

import dev.sieve.search.results.PhasePlan;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialSettings;
import java.util.List;

/** Makes the trials of a phase that adapts. */
public interface TrialMaker {
  TrialSettings settings(Configuration configuration);

  /** Steps at which a trial stands at each rung, the last its budget. */
  List<Long> steps(TrialSettings settings);

  Trial trial(
      Configuration configuration, TrialSettings settings, int replicate, int ordinal, Stage stage);

  /**
   * The plan as far as it is known.
   *
   * @param undecided how many trials are likely to follow
   * @param work that of these
   */
  PhasePlan plan(List<Trial> trials, int undecided, double work);
}
