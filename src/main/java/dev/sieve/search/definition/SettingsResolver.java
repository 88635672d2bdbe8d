package dev.sieve.search.definition;

import dev.sieve.search.space.Limits;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import dev.sieve.trial.TrialSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the file says of a phase's trials. */
public interface SettingsResolver {
  /**
   * A phase's settings with a configuration's values laid over them.
   *
   * @throws dev.sieve.error.UserException if a value is of the wrong type or breaks a rule of its
   *     setting
   */
  TrialSettings resolve(Phase phase, Configuration configuration);

  /**
   * The texts, by path, of a phase's settings that no axis varies and some configuration makes use
   * of. One configuration need not show them all: a momentum has an effect only beside one value of
   * an axis of optimisers.
   */
  default Map<String, String> fixed(Phase phase) {
    return Map.of();
  }

  /** What a setting, by its path, may be in a phase beside the others. */
  default Limits limits(Phase phase, String path) {
    return Limits.NONE;
  }

  /** Where trials of a phase are stopped early; null where they are not. */
  default @Nullable RungSpec rungs(Phase phase) {
    return null;
  }
}
