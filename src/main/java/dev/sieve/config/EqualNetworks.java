package dev.sieve.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Configurations that differ and train equal networks: without hidden layers there is nothing to
 * normalise, wherever it is placed. Where all of a phase are, {@link CrossKeyRules} refuses the
 * axis. Where some are, the phase is run, since which configurations it has is its plan's, and this
 * is said.
 */
final class EqualNetworks {
  static final String HIDDEN = "network.hidden";
  static final String LINEAR = "[]";
  static final String PLACEMENT = "network.batch-norm.placement";

  private EqualNetworks() {}

  /** A line for each phase that has axes of its own and such configurations. */
  static List<String> notes(List<PhaseView> views) {
    List<String> notes = new ArrayList<>();
    Set<PlacedAxis> seen = new HashSet<>();
    for (PhaseView view : views) {
      PlacedAxis hidden = view.axis(HIDDEN);
      PlacedAxis placement = view.axis(PLACEMENT);
      if (hidden != null
          && placement != null
          && hidden.texts().contains(LINEAR)
          && placement.texts().size() > 1
          && seen.add(hidden)) {
        notes.add(
            "%s: networks without hidden layers have nothing to normalise, so of the configurations of %s with %s = [] those that differ in %s alone are equal and trained %s times; to train them once, take [] out of the axis"
                .formatted(
                    hidden.place(),
                    view.phase().label(),
                    HIDDEN,
                    PLACEMENT,
                    placement.texts().size()));
      }
    }
    return notes;
  }
}
