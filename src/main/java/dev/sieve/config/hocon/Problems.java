package dev.sieve.config.hocon;

import dev.sieve.error.UserException;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects what is wrong, so that a user sees it all at once and in the order of the file. */
public final class Problems {
  private record Problem(SourcePosition place, String text) {
    @Override
    public String toString() {
      return place + ": " + text;
    }
  }

  // A set: one wrong value may break the same rule in every phase.
  private final TreeSet<Problem> found =
      new TreeSet<>(Comparator.comparing(Problem::place).thenComparing(Problem::text));

  /**
   * @param text rule, then the actual value, then what to do
   */
  public void add(SourcePosition place, String text) {
    found.add(new Problem(place, text));
  }

  /**
   * @throws UserException with a line for each problem, if there is one
   */
  public void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    String lines = found.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    throw new UserException(
        found.size() == 1
            ? lines
            : "the configuration has " + found.size() + " problems:\n" + lines);
  }
}
