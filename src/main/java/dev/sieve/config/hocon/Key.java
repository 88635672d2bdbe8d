package dev.sieve.config.hocon;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A key of the configuration.
 *
 * @param conditions all must hold for it to have an effect
 * @param searchable whether it can be an axis
 */
public record Key(String path, ValueType kind, List<Condition> conditions, boolean searchable) {
  static Key of(String path, ValueType kind) {
    return new Key(path, kind, List.of(), path.startsWith("network.") || isTraining(path));
  }

  static Key real(String path, double low) {
    return of(path, new ValueType.Real(low, true, Double.POSITIVE_INFINITY, false));
  }

  /** 0 < x ≤ 1. */
  static Key share(String path) {
    return of(path, new ValueType.Real(0, false, 1, true));
  }

  /** A number ≥ 0 that training takes in single precision. */
  static Key single(String path, Single single) {
    return of(path, new ValueType.Real(0, true, Double.POSITIVE_INFINITY, false, single));
  }

  /** The same, > 0. */
  static Key positiveSingle(String path) {
    return of(path, new ValueType.Real(0, false, Double.POSITIVE_INFINITY, false, Single.ITSELF));
  }

  /** The same, 0 ≤ x < 1. */
  static Key fraction(String path) {
    return of(path, new ValueType.Real(0, true, 1, false, Single.BELOW_ONE));
  }

  static Key whole(String path, int low) {
    return of(path, new ValueType.Whole(low, Integer.MAX_VALUE));
  }

  static Key wholeOr(String path, int low, String word) {
    return of(path, new ValueType.OrWord(new ValueType.Whole(low, Integer.MAX_VALUE), word));
  }

  static Key choice(String path, String... words) {
    return of(path, new ValueType.Choice(List.of(words)));
  }

  static Key flag(String path) {
    return of(path, new ValueType.Flag());
  }

  static Key text(String path, String pattern, String rule) {
    return of(path, new ValueType.Text(Pattern.compile(pattern), rule));
  }

  Key where(Condition... needed) {
    return new Key(path, kind, List.of(needed), searchable);
  }

  /** Decides what is measured, not what is trained. */
  Key notSearchable() {
    return new Key(path, kind, conditions, false);
  }

  /** The same key as a phase's override. */
  Key within(String phase) {
    return new Key(phase + "." + path, kind, conditions, false);
  }

  private static boolean isTraining(String path) {
    return path.startsWith("training.");
  }
}
