package dev.sieve.search;

import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import dev.sieve.trial.TrialSettings;

/** Lays a configuration's values over a phase's settings. */
public interface SettingsResolver {
  /**
   * @throws dev.sieve.error.UserException if a value is of the wrong type or breaks a rule of its
   *     setting
   */
  TrialSettings resolve(Phase phase, Configuration configuration);
}
