package dev.sieve.search.space;

import dev.sieve.trial.AxisValue;
import java.util.List;

/**
 * One dimension of the space.
 *
 * @param path full path of the setting: {@code training.lambda}
 * @param label as the file and messages name it: {@code lambda}, {@code eta}, {@code sigma}, or the
 *     path
 * @param needs what other axes must be for this one to have an effect; a configuration in which
 *     they are not goes without it
 */
public record Axis(String path, String label, Domain domain, List<Need> needs) {
  /**
   * A condition on another axis of the same space.
   *
   * @param words texts of its values
   * @param among whether it must be one of the words, or must be none of them
   */
  public record Need(String path, List<String> words, boolean among) {
    public Need {
      words = List.copyOf(words);
    }

    boolean metBy(AxisValue value) {
      return words.contains(value.toString()) == among;
    }
  }

  public Axis {
    needs = List.copyOf(needs);
  }

  /** An axis that has an effect in every configuration. */
  public Axis(String path, String label, Domain domain) {
    this(path, label, domain, List.of());
  }

  Axis over(Domain other) {
    return new Axis(path, label, other, needs);
  }
}
