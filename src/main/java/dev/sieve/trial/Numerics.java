package dev.sieve.trial;

/**
 * What the numbers mean. Any change to a rule of the numerics raises the version, a column of every
 * row.
 */
public final class Numerics {
  public static final int VERSION = 1;

  private Numerics() {}
}
