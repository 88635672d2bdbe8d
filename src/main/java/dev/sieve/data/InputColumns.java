package dev.sieve.data;

import java.util.List;

/**
 * What each input of a table's network is, for whoever uses the network later.
 *
 * @param names one an input: a column, a column and its category, or that a column is null
 * @param standardiser what made an input of a column's number; it leaves marks of 0 and 1 as they
 *     are, and a smooth clip follows it where {@code clipped}
 * @param clipped whether z/√(1 + (z/3)²) stands in place of the standardised z of numbers
 */
public record InputColumns(List<String> names, Standardiser standardiser, boolean clipped) {
  /** Where the smooth clip ends: |z| stays below it. */
  public static final double BOUND = 3;

  public InputColumns {
    names = List.copyOf(names);
  }
}
